-- Draws Quarto's callouts. Run by the embedded renderer alone.

local TITLES = { note = "Note", tip = "Tip", warning = "Warning", important = "Important", caution = "Caution" }

local function kind_of(div)
  for kind, _ in pairs(TITLES) do
    if div.classes:includes("callout-" .. kind) then
      return kind
    end
  end
end

local function title_of(div, kind)
  local first = div.content[1]
  if div.attributes.title then
    return pandoc.Inlines(pandoc.utils.blocks_to_inlines(pandoc.read(div.attributes.title, "markdown").blocks)), div.content
  elseif first and first.t == "Header" then
    local rest = pandoc.Blocks(div.content)
    rest:remove(1)
    return first.content, rest
  end
  return pandoc.Inlines({ pandoc.Str(TITLES[kind]) }), div.content
end

local function callout(div)
  local kind = kind_of(div)
  if not kind then
    return nil
  end
  local title, content = title_of(div, kind)
  if FORMAT:match("typst") then
    local blocks = pandoc.Blocks({ pandoc.RawBlock("typst", '#callout("' .. kind .. '")['), pandoc.Plain(title), pandoc.RawBlock("typst", "][") })
    blocks:extend(content)
    blocks:insert(pandoc.RawBlock("typst", "]"))
    return blocks
  end
  local heading = pandoc.Div({ pandoc.Para({ pandoc.Strong(title) }) }, { class = "callout-title", ["custom-style"] = "Callout Title" })
  local body = pandoc.Div(content, { class = "callout-body", ["custom-style"] = "Callout" })
  return pandoc.Div({ heading, body }, { class = "callout callout-" .. kind, role = "note" })
end

function Pandoc(doc)
  doc.blocks = doc.blocks:walk({ Div = callout })
  return doc
end
