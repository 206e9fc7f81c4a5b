-- Driven by tests/lsp/editors.rs: opens each project named in SPX_PROJECTS, and says in SPX_RESULT what came of it.

local result = { version = tostring(vim.version().major) .. '.' .. tostring(vim.version().minor), projects = {} }
local out = os.getenv('SPX_RESULT')

local function finish(problem)
  result.problem = problem
  local file = io.open(out, 'w')
  file:write(vim.json and vim.json.encode(result) or vim.fn.json_encode(result))
  file:close()
  vim.cmd('qall!')
end

local function clients(buffer)
  local found = {}
  for _, client in pairs((vim.lsp.get_clients or vim.lsp.get_active_clients)()) do
    if client.name == 'spx' and client.attached_buffers[buffer] and client.initialized then
      table.insert(found, client)
    end
  end
  return found
end

local function ask(buffer, method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 10000) or {}
  for _, answer in pairs(answers) do
    if answer.error then
      error(method .. ': ' .. vim.inspect(answer.error))
    end
    return answer.result
  end
end

local function open(path)
  vim.cmd('edit! ' .. vim.fn.fnameescape(path))
  local buffer = vim.api.nvim_get_current_buf()
  assert(vim.wait(30000, function() return #clients(buffer) > 0 end, 20), 'no client for ' .. path)
  return buffer
end

local function place(line, character)
  return {
    textDocument = vim.lsp.util.make_text_document_params(),
    position = { line = line, character = character },
  }
end

local function whole(context)
  return {
    textDocument = vim.lsp.util.make_text_document_params(),
    range = { start = { line = 0, character = 0 }, ['end'] = { line = 99999, character = 0 } },
    context = context,
  }
end

-- Applies the first fix that a buffer is offered; whether its diagnostics became fewer.
local function fix(buffer)
  local before = #vim.diagnostic.get(buffer)
  local actions = ask(buffer, 'textDocument/codeAction', whole({ diagnostics = {}, only = { 'quickfix' } }))
  for _, action in ipairs(actions or {}) do
    if action.edit and action.diagnostics then
      vim.lsp.util.apply_workspace_edit(action.edit, clients(buffer)[1].offset_encoding)
      assert(vim.wait(30000, function() return #vim.diagnostic.get(buffer) < before end, 20), action.title .. ' mends nothing')
      return action.title
    end
  end
end

-- The definition of what stands at a place. It is asked for by the clock: a request inside `vim.wait` never lets that time out.
local function definition(line, character)
  local deadline = vim.loop.now() + 10000
  repeat
    local found = ask(0, 'textDocument/definition', place(line, character))
    if type(found) == 'table' and found[1] then
      return found[1]
    end
    vim.wait(50)
    vim.loop.update_time()
  until vim.loop.now() > deadline
end

-- Where the value of the argument `version` comes from.
local function jump(buffer)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    local at = string.find(line, '%f[%w]version%s*=[^=]*,%s*$')
    local found = at and definition(number - 1, at)
    if found then
      local uri = found.uri or found.targetUri
      local range = found.range or found.targetSelectionRange
      return string.match(uri, '[^/]+/[^/]+$') .. ':' .. (range.start.line + 1)
    end
  end
end

local ok, problem = pcall(function()
  dofile(os.getenv('SPX_CONFIGURATION'))
  for path in string.gmatch(os.getenv('SPX_PROJECTS'), '[^:]+') do
    local buffer = open(path .. '/setup.py')
    local before = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
    -- A second setup.py at the end of the first is a diagnostic that every project can have.
    local lines = vim.deepcopy(before)
    table.insert(lines, 'from setuptools import setup as again; again(version="not a version"')
    vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
    assert(vim.wait(30000, function() return #vim.diagnostic.get(buffer) > 0 end, 20), 'no diagnostics in ' .. path)
    local first = vim.diagnostic.get(buffer)[1]
    local seen = { path = path, diagnostic = first.message, line = first.lnum, lines = #lines }
    vim.api.nvim_buf_set_lines(buffer, 0, -1, false, before)
    seen.gone = vim.wait(30000, function()
      for _, one in ipairs(vim.diagnostic.get(buffer)) do
        if one.code == 'syntax-error' then return false end
      end
      return true
    end, 20)
    seen.symbols = #(ask(buffer, 'textDocument/documentSymbol', { textDocument = vim.lsp.util.make_text_document_params() }) or {})
    if os.getenv('SPX_THOROUGH') then
      seen.jumped = jump(buffer)
      vim.cmd('bdelete!')
      buffer = open(path .. '/setup.cfg')
      vim.wait(5000, function() return #vim.diagnostic.get(buffer) > 0 end, 20)
      seen.fixed = fix(buffer)
    end
    table.insert(result.projects, seen)
    vim.cmd('bdelete!')
  end

  local demo = os.getenv('SPX_DEMO')
  -- A fix, applied to the buffer.
  local buffer = open(demo .. '/setup.cfg')
  assert(vim.wait(30000, function() return #vim.diagnostic.get(buffer) > 0 end, 20), 'no diagnostics in setup.cfg')
  local diagnostic = vim.diagnostic.get(buffer)[1]
  result.fixed_code = diagnostic.code or (diagnostic.user_data and diagnostic.user_data.lsp and diagnostic.user_data.lsp.code)
  local actions = ask(buffer, 'textDocument/codeAction', whole({ diagnostics = {}, only = { 'quickfix' } }))
  for _, action in ipairs(actions) do
    if action.edit then
      vim.lsp.util.apply_workspace_edit(action.edit, clients(buffer)[1].offset_encoding)
      break
    end
  end
  result.fixed = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
  result.clean = vim.wait(30000, function() return #vim.diagnostic.get(buffer) == 0 end, 20)
  vim.cmd('write')

  -- A jump to a definition.
  buffer = open(demo .. '/setup.py')
  local found = assert(definition(2, 8), 'no definition')
  local jump = vim.lsp.util.show_document or vim.lsp.util.jump_to_location
  jump(found, clients(buffer)[1].offset_encoding, { focus = true })
  result.jumped = vim.api.nvim_buf_get_name(0)
  result.jumped_line = vim.api.nvim_win_get_cursor(0)[1]
  vim.cmd('buffer ' .. buffer)

  local hover = ask(buffer, 'textDocument/hover', place(2, 8))
  result.hover = hover and hover.contents.value
  local hints = ask(buffer, 'textDocument/inlayHint', whole())
  result.hint = hints and hints[1] and hints[1].label
end)

finish(not ok and tostring(problem) or nil)
