/** Rows about voice menus, as D1 holds them. Only queries.ts files see these. */

interface CallRow {
  workspace_id: string
  walk_id: string
  seq: number
  person_id: string
  number_key: string
  number: string
  at: number
}

interface MenuDesignRow {
  workspace_id: string
  number_key: string
  version: number
  text: string | null
  imported_by: string
  imported_at: number
}

export interface MenuTables {
  call: CallRow
  menu_design: MenuDesignRow
}
