import { readFileSync } from 'node:fs'
import { defineConfig } from 'wxt'

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string }

/** Loaded with the first Save; of grouping the panel's start needs titles only. */
const ME_TOO = /[/\\]extension[/\\]me-too[/\\]|[/\\]shared[/\\](?:place-key|grouping[/\\](?!title))/
/** Loaded when the panel has nothing else to do: the screens that a walk does not begin on. */
const SCREENS =
  /[/\\]extension[/\\](?:(?:call|debrief|editor|fates|file|shift|someone-told|told)[/\\]|panel[/\\](?:LaterScreens|WithWalk|copy-|[Cc]onnect|[Ss]ettings)|note[/\\]cover-old|home[/\\]diagnostics|walk[/\\][Aa]nswer|sync[/\\](?:parcels|send|walk-parts))|[/\\]fflate[/\\]|[/\\]shared[/\\](?:call|picture-format)/
/** Loaded when somebody asks for a walk as one page. */
const STORY = /[/\\]extension[/\\]file[/\\]story-file|[/\\]shared[/\\](?:html|playback|story)/
/**
 * What is loaded later lies on this disk as well: Vite's helper that fetches its parts ahead, 1 KB
 * gzipped, would be dead weight. All that a page starts with is one file, which packs better than several.
 */
const lightStart = {
  name: 'light-start',
  enforce: 'pre' as const,
  load: (id: string) =>
    id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load()' : undefined,
  outputOptions: (options: { format?: string }) =>
    options.format === 'es'
      ? {
          ...options,
          codeSplitting: {
            groups: [
              {
                name: 'panel',
                test: (id: string) => ![ME_TOO, SCREENS, STORY].some((part) => part.test(id)),
              },
              { name: 'screens', test: (id: string) => SCREENS.test(id) && !STORY.test(id) },
            ],
          },
        }
      : undefined,
}

/**
 * Permissions are one golden list (test/repo/golden): no host permission at
 * install, no static content script. A portal's origin is asked for when a walk
 * starts, the worker's never: its /v1 door answers CORS.
 */
export default defineConfig({
  // The root is this folder also when WXT runs from the project root.
  root: import.meta.dirname,
  outDir: '../dist/extension',
  // Every name is imported by hand, from '#imports' or by path.
  imports: false,
  manifestVersion: 3,
  // Preact's own `h` pragma comes from tsconfig; no JSX plugin is needed.
  vite: () => ({
    plugins: [lightStart],
    build: {
      rolldownOptions: {
        treeshake: {
          // `#imports` names all of WXT; its storage would come along unused, 3 KB gzipped.
          moduleSideEffects: [{ test: /@wxt-dev[\\/]storage/, sideEffects: false }],
        },
      },
      // A polyfill for module preloading would be dead weight in both browsers.
      modulePreload: { polyfill: false },
      // Fonts and pictures stay files: the pages' CSP allows no data: address.
      assetsInlineLimit: 0,
    },
  }),
  manifest: ({ browser }) => ({
    name: 'Wince',
    version,
    description: 'Walk in your customers’ shoes. Every wince becomes an improvement.',
    // Firefox has no schema for it: its policies are checked by what reads them.
    ...(browser === 'firefox' ? {} : { storage: { managed_schema: 'managed-schema.json' } }),
    permissions: [
      'storage',
      'alarms',
      ...(browser === 'firefox' ? [] : ['sidePanel']),
      'activeTab',
      'scripting',
      'contextMenus',
      'unlimitedStorage',
    ],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    // No default_popup: a click has to reach action.onClicked, which is what
    // grants activeTab (openPanelOnActionClick never does).
    action: { default_title: 'Wince' },
    commands: {
      'note-moment': {
        description: 'Note this moment',
        suggested_key: {
          // Since Firefox 136 a stroke with Alt in it reaches no command (Bugzilla 1945032).
          default: browser === 'firefox' ? 'Ctrl+Shift+F' : 'Alt+Shift+S',
          mac: 'MacCtrl+Shift+S',
        },
      },
    },
    content_security_policy: {
      extension_pages: "script-src 'self'; object-src 'none'",
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'wince@wince.example',
              strict_min_version: '140.0',
              // Notes carry words and a picture of the page; they leave only
              // when the walker presses Send, to a server of their choice.
              data_collection_permissions: {
                required: ['websiteContent', 'websiteActivity'],
              },
            },
          },
        }
      : // The design's colours are `light-dark()`.
        { minimum_chrome_version: '123' }),
  }),
})
