-- Numbers sections, figures, tables and equations and resolves references to them, as Quarto does.
-- Run by the embedded renderer alone, after study.lua and before citeproc.

local NAMES = { fig = "Figure", tbl = "Table", sec = "Section", eq = "Equation" }
local numbers = {}
local counts = { fig = 0, tbl = 0, eq = 0 }
local faults = pandoc.List({})
local is_html, is_typst = FORMAT:match("html"), FORMAT:match("typst")

local function fault(what, value)
  faults:insert(string.format("[crossref] %s: %s ()", what, value))
end

local function kind_of(identifier)
  local kind = identifier:match("^(%l+)%-")
  return NAMES[kind] and kind or nil
end

local function register(identifier, number)
  if numbers[identifier] then
    fault("duplicate", identifier)
  end
  numbers[identifier] = number
end

local function take_number(identifier)
  local kind = kind_of(identifier)
  counts[kind] = counts[kind] + 1
  register(identifier, tostring(counts[kind]))
  return tostring(counts[kind])
end

local depth = {}

local function section(header)
  if header.classes:includes("unnumbered") then
    if kind_of(header.identifier) then
      register(header.identifier, "")
    end
    return
  end
  depth[header.level] = (depth[header.level] or 0) + 1
  for level = header.level + 1, 6 do
    depth[level] = nil
  end
  local parts = pandoc.List({})
  for level = 1, header.level do
    parts:insert(tostring(depth[level] or 0))
  end
  if kind_of(header.identifier) then
    register(header.identifier, table.concat(parts, "."))
  end
end

local function labelled(identifier, number, inlines)
  local name = NAMES[kind_of(identifier)] .. "\u{a0}" .. number .. ":"
  local label = is_html and pandoc.Span(name, { class = "exhibit-label" }) or pandoc.Strong(name)
  return pandoc.Inlines({ label, pandoc.Space() }) .. inlines
end

local function figure(element)
  if kind_of(element.identifier) ~= "fig" then
    return nil
  end
  local number = take_number(element.identifier)
  local words = pandoc.utils.blocks_to_inlines(element.caption.long)
  element.caption = { long = { pandoc.Plain(labelled(element.identifier, number, words)) } }
  element.classes:insert("exhibit")
  return element, false
end

local function scrolling(identifier, number, caption, content)
  local name = NAMES.tbl .. "\u{a0}" .. number
  local attributes = { { "tabindex", "0" }, { "role", "region" }, { "aria-label", name } }
  local frame = pandoc.Div({ content }, pandoc.Attr("", { "table-scroll" }, attributes))
  local long = { long = { pandoc.Plain(caption) } }
  return pandoc.Figure({ frame }, long, pandoc.Attr(identifier, { "exhibit", "exhibit-table" }))
end

local function exhibit_table(div)
  if kind_of(div.identifier) ~= "tbl" then
    return nil
  end
  local grid, last = div.content[1], div.content[#div.content]
  if #div.content ~= 2 or grid.t ~= "Table" or last.t ~= "Para" then
    fault("malformed table", div.identifier)
    return nil
  end
  local number = take_number(div.identifier)
  local caption = labelled(div.identifier, number, last.content)
  if is_html then
    return scrolling(div.identifier, number, caption, grid), false
  end
  grid.identifier = div.identifier
  grid.caption = { long = { pandoc.Plain(caption) } }
  return grid, false
end

local function numbered_equation(math, identifier)
  local number = "(" .. take_number(identifier) .. ")"
  if is_html then
    local mark = pandoc.Span(number, { class = "equation-number" })
    return { pandoc.Span({ math, mark }, { id = identifier, class = "equation" }) }
  elseif is_typst then
    local open = pandoc.RawInline("typst", '#numbered("' .. number .. '")[')
    return { open, math, pandoc.RawInline("typst", "] <" .. identifier .. ">") }
  end
  math.text = math.text .. "\\qquad " .. number
  return { pandoc.Span({ math }, { id = identifier }) }
end

local function equations(inlines)
  local result, position = pandoc.Inlines({}), 1
  while position <= #inlines do
    local item, step = inlines[position], 1
    if item.t == "Math" and item.mathtype == "DisplayMath" then
      local after = inlines[position + 1]
      local gap = after and (after.t == "Space" or after.t == "SoftBreak") and 1 or 0
      local mark = inlines[position + 1 + gap]
      local identifier = mark and mark.t == "Str" and mark.text:match("^{#(eq%-[^}]+)}$")
      if identifier then
        result:extend(numbered_equation(item, identifier))
        item, step = nil, 2 + gap
      end
    end
    if item then
      result:insert(item)
    end
    position = position + step
  end
  return result
end

local function reference(citation)
  local identifier = citation.id:sub(1, 1):lower() .. citation.id:sub(2)
  local number = numbers[identifier]
  if number == nil then
    fault("unresolved", citation.id)
    return {}
  elseif number == "" then
    fault("unnumbered", citation.id)
    return {}
  end
  local words = pandoc.Inlines({})
  if #citation.prefix > 0 then
    words:extend(citation.prefix)
    words:insert(pandoc.Str("\u{a0}" .. number))
  elseif citation.mode == "SuppressAuthor" then
    words:insert(pandoc.Str(number))
  else
    words:insert(pandoc.Str(NAMES[kind_of(identifier)] .. "\u{a0}" .. number))
  end
  return { pandoc.Link(words, "#" .. identifier, "", { class = "xref" }) }
end

local function references(cite)
  local result, crossed = pandoc.Inlines({}), 0
  for _, citation in ipairs(cite.citations) do
    if kind_of(citation.id:sub(1, 1):lower() .. citation.id:sub(2)) then
      if crossed > 0 then
        result:extend({ pandoc.Str(","), pandoc.Space() })
      end
      result:extend(reference(citation))
      crossed = crossed + 1
    end
  end
  if crossed == 0 then
    return nil
  elseif crossed < #cite.citations then
    fault("mixed group", cite.citations[1].id)
  end
  return result
end

function Pandoc(doc)
  doc.blocks = doc.blocks:walk({ traverse = "topdown", Header = section, Figure = figure, Div = exhibit_table, Inlines = equations })
  doc.blocks = doc.blocks:walk({ Cite = references })
  if doc.meta.abstract then
    doc.meta.abstract = pandoc.MetaBlocks(pandoc.Blocks(doc.meta.abstract):walk({ Cite = references }))
  end
  if #faults > 0 then
    error(table.concat(faults, "\n"), 0)
  end
  return doc
end
