-- Fits the paper to the region: run by Quarto and by the embedded renderer, before cross-referencing.
-- A cell prints one marker, ::: {#study title="..." supported="..." unsupported="..." ...}, read here.

local DISPLAYED = { "title", "subtitle", "author", "date", "lang" }
local faults = pandoc.List({})

local function fault(what, value, allowed)
  faults:insert(string.format("[study] %s: %s (%s)", what, value, allowed))
end

local function words(text)
  local list = pandoc.List({})
  for word in (text or ""):gmatch("%S+") do
    list:insert(word)
  end
  return list
end

local function read_marker(doc)
  local marker
  doc:walk({
    Div = function(div)
      if div.identifier == "study" then
        marker = div.attributes
      end
    end,
  })
  return marker
end

local function drop_marker(div)
  if div.identifier == "study" then
    return {}
  end
end

local function features_of(marker)
  local supports = {}
  for _, name in ipairs(words(marker.supported)) do
    supports[name] = true
  end
  for _, name in ipairs(words(marker.unsupported)) do
    supports[name] = false
  end
  return supports
end

local function all_supported(div, supports)
  local verdict, known = true, pandoc.List({})
  for name, _ in pairs(supports) do
    known:insert(name)
  end
  known:sort()
  for _, name in ipairs(words(div.attributes.has)) do
    if supports[name] == nil then
      fault("unknown feature", name, table.concat(known, " "))
    elseif not supports[name] then
      verdict = false
    end
  end
  return verdict
end

local function conditional(supports)
  local fit = { traverse = "topdown" }
  function fit.Div(div)
    local when, unless = div.classes:includes("when"), div.classes:includes("unless")
    if not (when or unless) then
      return nil
    end
    if all_supported(div, supports) == when then
      return div.content:walk(fit), false
    end
    return {}, false
  end
  return fit
end

-- A row with bold text in its first cell only is a heading of the rows below: it spans the table.
local function span_headings(tbl)
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do
      local first = row.cells[1].contents[1]
      local bold = first and first.content and #first.content == 1 and first.content[1].t == "Strong"
      local alone = true
      for index = 2, #row.cells do
        alone = alone and #row.cells[index].contents == 0
      end
      if bold and alone and #row.cells > 1 then
        row.cells[1].col_span = #row.cells
        row.cells = pandoc.List({ row.cells[1] })
      end
    end
  end
  return tbl
end

local function refuse_unsupported(span)
  if span.classes:includes("unsupported") then
    fault("unsupported number", span.attributes["data-id"] or "?", "put it inside ::: {.when has=...}")
  end
end

local function plain_numbers_in_heading(header)
  return header:walk({
    Span = function(span)
      return span.classes:includes("number") and span.content or nil
    end,
  })
end

local function number(span)
  if not span.classes:includes("number") then
    return nil
  end
  if not FORMAT:match("html") then
    return span.content
  end
  local passport = span.attributes.title or ""
  span.attributes["data-passport"] = passport:gsub(" · ", "\n")
  span.attributes["aria-description"] = passport
  span.attributes.title = nil
  span.attributes.tabindex = "0"
  return span
end

local function notes(div)
  if not div.classes:includes("notes") then
    return nil
  end
  if FORMAT:match("typst") then
    local look = "#set text(size: 0.82em); #set par(leading: 0.5em)"
    local open = pandoc.RawBlock("typst", "#v(-0.8em)\n#block(above: 0em, below: 1.7em, width: 100%)[" .. look)
    return { open, div, pandoc.RawBlock("typst", "]") }
  end
  div.attributes["custom-style"] = "Exhibit Notes"
  return div
end

local function bitmap_for_word(image)
  if FORMAT:match("docx") then
    image.src = image.src:gsub("%.svg$", ".png")
    return image
  end
end

-- Word sets tight lists in the style of its table cells: its lists are therefore loose.
local function loose(list)
  if FORMAT:match("docx") then
    list.content = list.content:map(function(item)
      return pandoc.Blocks(item):map(function(block)
        return block.t == "Plain" and pandoc.Para(block.content) or block
      end)
    end)
    return list
  end
end

local function lift_abstract(doc)
  return doc:walk({
    Div = function(div)
      if div.classes:includes("abstract") then
        doc.meta.abstract = pandoc.MetaBlocks(div.content)
        return {}
      end
    end,
  }).blocks
end

local function append(meta, key, block)
  local present = meta[key]
  if present == nil then
    present = pandoc.MetaList({})
  elseif pandoc.utils.type(present) ~= "List" then
    present = pandoc.MetaList({ present })
  end
  present:insert(pandoc.MetaBlocks({ block }))
  meta[key] = present
end

local function watermark(doc, text)
  if FORMAT:match("html") then
    local ribbon = '<div class="watermark" role="note">' .. text:gsub("&", "&amp;"):gsub("<", "&lt;") .. "</div>"
    append(doc.meta, "include-before", pandoc.RawBlock("html", ribbon))
  elseif FORMAT:match("typst") then
    local quoted = '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"') .. '"'
    local header = "#set page(header: align(right, text(size: 8pt, fill: rgb(\"#9a3412\"), tracking: 0.06em, upper(" .. quoted .. "))))"
    append(doc.meta, "header-includes", pandoc.RawBlock("typst", header))
  else
    local subtitle = pandoc.Inlines(doc.meta.subtitle or {})
    if #subtitle > 0 then
      subtitle:extend({ pandoc.Str(" ·"), pandoc.Space() })
    end
    subtitle:extend({ pandoc.Str(text) })
    doc.meta.subtitle = pandoc.MetaInlines(subtitle)
  end
end

local function title_block(doc, marker)
  for _, key in ipairs(DISPLAYED) do
    if marker[key] and marker[key] ~= "" then
      doc.meta[key] = pandoc.MetaInlines({ pandoc.Str(marker[key]) })
    end
  end
  if marker.title then
    doc.meta.pagetitle = pandoc.MetaString(marker.title)
  end
  if marker.watermark and marker.watermark ~= "" then
    watermark(doc, marker.watermark)
  end
end

function Pandoc(doc)
  local marker = read_marker(doc)
  if marker then
    title_block(doc, marker)
  end
  local supports = features_of(marker or {})
  doc.blocks = doc.blocks:walk(conditional(supports))
  doc.blocks = doc.blocks:walk({ Div = drop_marker, Span = refuse_unsupported, Header = plain_numbers_in_heading })
  if #faults > 0 then
    error(table.concat(faults, "\n"), 0)
  end
  doc.blocks = lift_abstract(doc)
  local dress = { Span = number, Div = notes, Image = bitmap_for_word, Table = span_headings, BulletList = loose, OrderedList = loose }
  doc.blocks = doc.blocks:walk(dress)
  if doc.meta.abstract then
    doc.meta.abstract = pandoc.MetaBlocks(pandoc.Blocks(doc.meta.abstract):walk(dress))
  end
  return doc
end
