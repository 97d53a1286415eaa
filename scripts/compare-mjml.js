// The work of scripts/compare-mjml: collecting sources, and comparing trees.
const fs = require('fs')
const path = require('path')
const [mode, work, ...folders] = process.argv.slice(2)
const sources = path.join(work, 'sources')

function filesBelow(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const full = path.join(folder, entry.name)
      if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(full)
      return full.endsWith('.mjml') ? [full] : []
    })
}

// mj-include, as MJML resolves it: the other file's head goes into the head, its
// body to where the include stands.
function included(source, file) {
  const heads = []
  const text = source.replace(/<mj-include\s+path="([^"]+)"[^>]*?(\/>|>\s*<\/mj-include>)/g, (_, name) => {
    const other = path.resolve(path.dirname(file), name.endsWith('.mjml') ? name : `${name}.mjml`)
    const inner = included(fs.readFileSync(other, 'utf8'), other)
    if (!/<mjml/.test(inner)) return inner
    const head = /<mj-head>([\s\S]*)<\/mj-head>/.exec(inner)
    const body = /<mj-body[^>]*>([\s\S]*)<\/mj-body>/.exec(inner)
    if (head) heads.push(head[1])
    return body ? body[1] : ''
  })
  if (!heads.length) return text
  return /<mj-head>/.test(text)
    ? text.replace('</mj-head>', `${heads.join('')}</mj-head>`)
    : text.replace(/<mjml[^>]*>/, (tag) => `${tag}<mj-head>${heads.join('')}</mj-head>`)
}

if (mode === 'sources') {
  fs.mkdirSync(sources, { recursive: true })
  const files = folders.flatMap(filesBelow)
  // Files without <mjml> are parts of others.
  const whole = files.filter((file) => /<mjml/.test(fs.readFileSync(file, 'utf8')))
  whole.forEach((file, number) => {
    fs.writeFileSync(path.join(sources, `${number}.mjml`), included(fs.readFileSync(file, 'utf8'), file))
  })
  fs.writeFileSync(path.join(work, 'files.json'), JSON.stringify(whole))
  process.exit(0)
}

const mjml = require(path.join(work, 'node_modules/mjml'))
const cheerio = require(path.join(work, 'node_modules/cheerio'))

// What Outlook reads: its conditional comments as HTML.
function forOutlook(html) {
  return html
    .replace(/<!--\[if !mso[^\]]*\]><!-->[\s\S]*?<!--<!\[endif\]-->/g, '')
    .replace(/<!--\[if [^\]]*\]>([\s\S]*?)<!\[endif\]-->/g, '$1')
}

function styles(text) {
  return text.replace(/\s+/g, ' ').split(';').map((one) => one.replace(/\s*:\s*/, ':').trim()).filter(Boolean).join(';')
}

function sheet(text) {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s+/g, ' ').replace(/\s*([{};:,>])\s*/g, '$1').replace(/;}/g, '}').trim()
}

// What differs without a difference: more digits than a pixel has, the order of
// classes, of fonts and of the rules for columns.
function rounded(text) {
  return text.replace(/(\d+)([.-])(\d{3})\d+/g, '$1$2$3').replace(/33([.-])333/g, '33$1333').replace(/66([.-])666/g, '66$1666')
}

function ordered(css) {
  return css.replace(/(\.moz-text-html )?\.mj-column-[^{]*{[^}]*}(?:(\.moz-text-html )?\.mj-column-[^{]*{[^}]*})*/g,
    (rules) => rules.match(/[^}]*}/g).sort().join(''))
    .replace(/(?:@import url\([^)]*\);)+/g, (imports) => imports.match(/@import[^;]*\([^)]*\);/g).sort().join(''))
}

function lines(html) {
  const $ = cheerio.load(html)
  const out = []
  let text = ''
  const flush = () => { if (text.trim()) out.push(`"${text.trim().replace(/\s+/g, ' ')}"`); text = '' }
  const visit = (node, depth) => {
    if (node.type === 'text') { text += node.data; return }
    if (node.type === 'comment') return
    if (node.type === 'directive') return
    flush()
    const pad = ' '.repeat(depth)
    if (node.type === 'style') {
      const css = ordered(rounded(sheet($(node).text())))
      if (css) out.push(`${pad}style ${css}`)
      return
    }
    const attributes = Object.entries(node.attribs || {})
      // MJML makes these up anew at each run.
      .map(([name, value]) => [name, value.replace(/[0-9a-f]{16}/g, 'ID').replace(/\b[0-9a-f]{8}\b/g, 'ID')])
      .map(([name, value]) => [name, name === 'style' ? styles(value) : value.replace(/\s+/g, ' ').trim()])
      .map(([name, value]) => [name, name === 'class' ? value.split(' ').sort().join(' ') : value])
      .map(([name, value]) => [name, rounded(value)])
      .filter(([name, value]) => !(value === '' && (name === 'style' || name === 'class')))
      .sort().map(([name, value]) => ` ${name}=${JSON.stringify(value)}`)
    out.push(`${pad}${node.name}${attributes.join('')}`)
    ;(node.children || []).forEach((child) => visit(child, depth + 1))
    flush()
  }
  $.root().contents().each((_, node) => visit(node, 0))
  flush()
  // Several sheets in a row are one.
  const joined = []
  for (const line of out) {
    const last = joined[joined.length - 1]
    if (/^ *style /.test(line) && last && /^ *style /.test(last)) joined[joined.length - 1] = last + line.replace(/^ *style /, '')
    else joined.push(line)
  }
  let from = 0
  while (from < joined.length) {
    let to = from
    while (to < joined.length && /^ *link href/.test(joined[to])) to += 1
    joined.splice(from, to - from, ...joined.slice(from, to).sort())
    from = Math.max(to, from + 1)
  }
  return joined.map((line) => (/^ *style /.test(line) ? `style ${ordered(line.trim().slice(6))}` : line.trim()))
}

function difference(a, b) {
  let i = 0
  while (i < a.length && i < b.length && a[i] === b[i]) i += 1
  let count = 0
  const max = Math.max(a.length, b.length)
  for (let j = 0; j < max; j += 1) if (a[j] !== b[j]) count += 1
  return i === a.length && i === b.length ? null : { at: i, mjml: a[i], jarshy: b[i], count }
}

const files = JSON.parse(fs.readFileSync(path.join(work, 'files.json'), 'utf8'))
const totals = { same: 0, different: 0, refused: 0 }
files.forEach((file, number) => {
  const name = file.split('/').slice(-3).join('/')
  const source = fs.readFileSync(path.join(sources, `${number}.mjml`), 'utf8')
  const refused = path.join(work, 'ours', `${number}.error`)
  if (fs.existsSync(refused)) {
    totals.refused += 1
    console.log(`refused    ${name}: ${fs.readFileSync(refused, 'utf8')}`)
    return
  }
  let theirs
  try {
    // Jarshy fetches no fonts but those that a design names, and inlines styles
    // in a step of its own.
    const known = { fonts: {}, validationLevel: 'skip' }
    theirs = mjml(source.replace(/<mj-style[^>]*inline="inline"[^>]*>[\s\S]*?<\/mj-style\s*>/g, ''), known).html
  } catch (error) {
    console.log(`MJML fails ${name}: ${error.message}`)
    return
  }
  fs.writeFileSync(path.join(work, 'ours', `${number}.mjml4.html`), theirs)
  const ours = fs.readFileSync(path.join(work, 'ours', `${number}.html`), 'utf8')
    .replace('font-size:1px;color:#1d2b33;', 'font-size:1px;color:#ffffff;')
  if (process.env.LINES) {
    fs.writeFileSync(path.join(work, 'ours', `${number}.a`), `${lines(theirs).join('\n')}\n--outlook\n${lines(forOutlook(theirs)).join('\n')}\n`)
    fs.writeFileSync(path.join(work, 'ours', `${number}.b`), `${lines(ours).join('\n')}\n--outlook\n${lines(forOutlook(ours)).join('\n')}\n`)
  }
  const found = difference(lines(theirs), lines(ours)) || difference(lines(forOutlook(theirs)), lines(forOutlook(ours)))
  if (!found) {
    totals.same += 1
    if (process.env.VERBOSE) console.log(`same       ${name}`)
    return
  }
  totals.different += 1
  console.log(`different  ${number} ${name}: ${found.count} lines, the first:\n    MJML 4  ${String(found.mjml).slice(0, 400)}\n    Jarshy  ${String(found.jarshy).slice(0, 400)}`)
})
console.log(`${files.length} designs: ${totals.same} the same, ${totals.different} different, ${totals.refused} refused`)
