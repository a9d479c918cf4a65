const SITE = {"version": "e259490b5882", "keep": ["", "offline/", "timeline/2025/05/", "assets/site.494f4abfd7ce.css", "assets/contribute.fa5573a4413d.js", "assets/copy.4c83d5fa4622.js", "assets/filter.4d1240dbf6d7.js", "assets/kept.d589c6f7cb76.js", "assets/offline.bca48da440a5.js", "assets/sort.8f4df3746e7a.js", "assets/start.d3cbb93a79da.js"]};
/* the worker */
