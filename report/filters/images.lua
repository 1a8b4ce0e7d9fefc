-- Checks that images exist, sets their alternative text and, for Typst, starts their path at the project.
-- Run by the embedded renderer alone.

local faults = pandoc.List({})

local function exists(path)
  local file = io.open(path, "rb")
  if file then
    file:close()
  end
  return file ~= nil
end

local function from_project(folder, path)
  local parts = pandoc.List({})
  for part in (folder .. "/" .. path):gmatch("[^/]+") do
    if part == ".." then
      parts:remove()
    elseif part ~= "." then
      parts:insert(part)
    end
  end
  return "/" .. table.concat(parts, "/")
end

local function image(folder)
  return function(element)
    if not exists(element.src) then
      faults:insert("[images] missing image: " .. element.src .. " ()")
    end
    if element.attributes["fig-alt"] then
      element.caption = { pandoc.Str(element.attributes["fig-alt"]) }
      element.attributes["fig-alt"] = nil
    end
    if FORMAT:match("typst") then
      element.src = from_project(folder, element.src)
    end
    return element
  end
end

function Pandoc(doc)
  doc.blocks = doc.blocks:walk({ Image = image(pandoc.utils.stringify(doc.meta["source-folder"])) })
  if #faults > 0 then
    error(table.concat(faults, "\n"), 0)
  end
  return doc
end
