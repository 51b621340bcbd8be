import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../scripts/tools.mjs'

const builds = ['chrome-mv3', 'firefox-mv3'] as const

function readJson(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(root, path), 'utf8')) as Record<string, unknown>
}

describe.each(builds)('the manifest of %s', (build) => {
  const manifest = readJson(`dist/extension/${build}/manifest.json`)

  // A permission more is a question every customer is asked at the next update:
  // whoever wants one changes the golden file and says why.
  test('is the golden one', () => {
    const { version, ...rest } = manifest

    expect(version).toBe(readJson('package.json')['version'])
    expect(rest).toEqual(readJson(`test/repo/golden/manifest.${build}.json`))
  })

  test('asks for no site at install and puts no script into any page by itself', () => {
    expect(manifest).not.toHaveProperty('host_permissions')
    expect(manifest).not.toHaveProperty('content_scripts')
    expect(manifest).not.toHaveProperty('web_accessible_resources')
    expect(manifest['permissions']).not.toContain('<all_urls>')
  })
})
