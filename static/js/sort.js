/* Lets a reader order the rows of a table: the heads of its columns become buttons. */
export default function start(table) {
  const body = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].map((row) => ({ row, key: key(row.cells[column]) }));
      rows.sort((a, b) => (down ? -1 : 1) * compare(a.key, b.key));
      body.append(...rows.map(({ row }) => row));
    });
  });
}

/** A number as it counts, a date as it is on the calendar, words as they are. */
function key(cell) {
  return cell.dataset.sort ? Number(cell.dataset.sort) : (cell.querySelector("time")?.dateTime ?? cell.textContent.trim());
}

function compare(a, b) {
  return typeof a === "number" ? a - b : a.localeCompare(b, document.documentElement.lang, { numeric: true });
}
