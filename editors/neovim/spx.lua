-- spx in Neovim. Put this file into `~/.config/nvim/lua/spx.lua` and `require('spx')` in `init.lua`.
-- Works from Neovim 0.7 on; `vim.g.spx_cmd` names another program than `spx`.

local cmd = { vim.g.spx_cmd or 'spx', 'lsp' }
local markers = { 'setup.py', 'setup.cfg', 'pyproject.toml' }
local patterns = { 'setup.cfg', 'MANIFEST.in', '*requirements*.txt', '*constraints*.txt', '*.py' }

if vim.lsp.config then -- 0.11
  vim.filetype.add({
    filename = { ['MANIFEST.in'] = 'manifest', ['setup.cfg'] = 'dosini' },
    pattern = { ['.*requirements.*%.txt'] = 'requirements', ['.*constraints.*%.txt'] = 'requirements' },
  })
  vim.lsp.config('spx', {
    cmd = cmd,
    filetypes = { 'python', 'dosini', 'manifest', 'requirements' },
    root_markers = markers,
    settings = { spx = {} },
  })
  vim.lsp.enable('spx')
  vim.api.nvim_create_autocmd('LspAttach', {
    callback = function(event)
      vim.lsp.inlay_hint.enable(true, { bufnr = event.buf })
    end,
  })
  return
end

local clients = {}

local function root_of(file)
  local directory = vim.fn.fnamemodify(file, ':h')
  while true do
    for _, marker in ipairs(markers) do
      if vim.fn.filereadable(directory .. '/' .. marker) == 1 then
        return directory
      end
    end
    local above = vim.fn.fnamemodify(directory, ':h')
    if above == directory then
      return nil
    end
    directory = above
  end
end

vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufNewFile' }, {
  pattern = patterns,
  callback = function(event)
    local file = vim.fn.fnamemodify(event.match, ':p')
    local root = root_of(file)
    if not root then
      return
    end
    if not clients[root] then
      clients[root] = vim.lsp.start_client({
        name = 'spx',
        cmd = cmd,
        root_dir = root,
        workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
        settings = { spx = {} },
        on_exit = function()
          clients[root] = nil
        end,
      })
    end
    if clients[root] then
      vim.lsp.buf_attach_client(event.buf, clients[root])
    end
  end,
})

-- Hints before Neovim 0.10, which draws them itself: virtual text at the end of each line, after every pause.
local space = vim.api.nvim_create_namespace('spx-hints')
vim.api.nvim_create_autocmd({ 'CursorHold', 'BufWritePost' }, {
  pattern = patterns,
  callback = function(event)
    local buffer = event.buf
    local last = vim.api.nvim_buf_line_count(buffer)
    local params = {
      textDocument = vim.lsp.util.make_text_document_params(buffer),
      range = { start = { line = 0, character = 0 }, ['end'] = { line = last, character = 0 } },
    }
    vim.lsp.buf_request(buffer, 'textDocument/inlayHint', params, function(_, hints)
      if not vim.api.nvim_buf_is_valid(buffer) then
        return
      end
      vim.api.nvim_buf_clear_namespace(buffer, space, 0, -1)
      for _, hint in ipairs(hints or {}) do
        if hint.position.line < vim.api.nvim_buf_line_count(buffer) then
          vim.api.nvim_buf_set_extmark(buffer, space, hint.position.line, 0, {
            virt_text = { { ' ' .. hint.label, 'Comment' } },
            virt_text_pos = 'eol',
          })
        end
      end
    end)
  end,
})
