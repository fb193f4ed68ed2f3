// What the add-in calls of WPS, as our own: names and arguments, no more. A test holds it against the package wps-jsapi
// of npm (of which nothing is here), and main.js against it. Collections are asked by Item().
interface EtApplication {
  ActiveWorkbook: EtWorkbook;
  ActiveSheet: EtWorksheet;
  ActiveCell: EtRange;
  Workbooks: EtWorkbooks;
  StatusBar: any;
  ribbonUI: any;
  FileSystem: FileSystem;
  Env: Env;
  OAAssist: OAAssist;
}
interface EtWorkbooks {
  Count: number;
  Add(): EtWorkbook;
  Open(Filename: string): EtWorkbook;
}
interface EtWorkbook {
  FullName: string;
  ReadOnly: boolean;
  Saved: boolean;
  Worksheets: EtSheets;
  Save(): void;
  Close(SaveChanges: boolean): void;
}
interface EtSheets {
  Item(Index: string): EtWorksheet;
}
interface EtWorksheet {
  Name: string;
  Activate(): void;
  Range(Cell1: string): EtRange;
}
interface EtRange {
  Address(RowAbsolute: boolean, ColumnAbsolute: boolean): string;
  Select(): void;
}
interface FileSystem {
  ReadFile(path: string): string;
}
interface Env {
  GetHomePath(): string;
}
interface OAAssist {
  ShellExecute(file: string, params: string): void;
}
