;;; Driven by tests/lsp/editors.rs: eglot opens a project, and SPX_RESULT says what came of it. -*- lexical-binding: t -*-

(require 'json)
(load (getenv "SPX_CONFIGURATION") nil t)
(setq spx-program (getenv "SPX"))
(setq eglot-sync-connect 30 eglot-autoshutdown nil)

(defun until (what holds)
  (let ((tries 0) value)
    (while (and (not (setq value (funcall holds))) (< tries 600))
      (setq tries (1+ tries))
      (accept-process-output nil 0.05))
    (or value (error "waited for %s in vain" what))))

;; What a command loop would do after each command, which starts the server.
(defun visit (file) (find-file file) (run-hooks 'post-command-hook))

(defvar result nil)
(defun note (name value) (push (cons name value) result))
;; Changes are sent when the user pauses, which nobody does here.
(defun diagnostics () (eglot--signal-textDocument/didChange) (flymake-start) (accept-process-output nil 0.05) (flymake-diagnostics))

(condition-case problem
    (let ((demo (getenv "SPX_DEMO")))
      ;; A fix, applied to the buffer.
      (visit (expand-file-name "setup.cfg" demo))
      (until "a server" (lambda () (eglot-current-server)))
      (until "a diagnostic" #'diagnostics)
      (note 'diagnostic (flymake-diagnostic-text (car (flymake-diagnostics))))
      (let* ((server (eglot-current-server))
             (whole `(:textDocument ,(eglot--TextDocumentIdentifier)
                      :range (:start (:line 0 :character 0) :end (:line 999 :character 0))
                      :context (:diagnostics [] :only ["quickfix"])))
             (actions (until "actions" (lambda ()
                        (let ((found (jsonrpc-request server :textDocument/codeAction whole)))
                          (and (> (length found) 0) found)))))
             (edit (seq-some (lambda (action) (plist-get action :edit)) actions)))
        (eglot--apply-workspace-edit edit)
        (note 'fixed (buffer-string))
        (until "a clean file" (lambda () (null (diagnostics))))
        (note 'clean t))
      (save-buffer)
      ;; A jump to a definition, through xref as a user asks for it.
      (visit (expand-file-name "setup.py" demo))
      (until "a server" (lambda () (eglot-current-server)))
      (goto-char (point-min))
      (forward-line 2)
      (forward-char 8)
      (let ((found (until "a definition" (lambda () (ignore-errors (xref-backend-definitions 'eglot "LSP identifier at point."))))))
        (note 'jumped (xref-location-group (xref-item-location (car found)))))
      (note 'hover (plist-get (plist-get (jsonrpc-request (eglot-current-server) :textDocument/hover
                                                          (eglot--TextDocumentPositionParams))
                                         :contents)
                              :value)))
  (error (note 'problem (error-message-string problem))))

(with-temp-file (getenv "SPX_RESULT") (insert (json-encode result)))
(kill-emacs 0)
