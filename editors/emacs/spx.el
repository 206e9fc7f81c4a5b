;;; spx.el --- spx in Emacs, through eglot -*- lexical-binding: t -*-

;; Emacs 29 has eglot; on Emacs 26 to 28 install it first (`M-x package-install RET eglot').
;; Load this file and open setup.py, setup.cfg, MANIFEST.in or a requirements file.

(require 'eglot)

(defvar spx-program "spx" "The spx program.")

(define-derived-mode manifest-in-mode conf-space-mode "MANIFEST.in")
(define-derived-mode pip-requirements-text-mode conf-mode "requirements"
  (setq-local comment-start "# "))

(add-to-list 'auto-mode-alist '("/MANIFEST\\.in\\'" . manifest-in-mode))
(add-to-list 'auto-mode-alist
             '("\\(requirements\\|constraints\\)[^/]*\\.txt\\'" . pip-requirements-text-mode))

(add-to-list 'eglot-server-programs
             `((conf-mode manifest-in-mode pip-requirements-text-mode)
               . ,(lambda (&rest _) (list spx-program "lsp"))))

(defun spx-project (directory)
  "The nearest directory at or above DIRECTORY that is a project of setuptools."
  (let ((root (locate-dominating-file
               directory
               (lambda (parent)
                 (seq-some (lambda (name) (file-exists-p (expand-file-name name parent)))
                           '("setup.py" "setup.cfg" "pyproject.toml"))))))
    (and root (cons 'transient root))))

(defun spx-ensure ()
  "Start spx for this buffer when it is a file that spx reads."
  (when (and buffer-file-name
             (string-match-p
              "\\(/setup\\.py\\|/setup\\.cfg\\|/MANIFEST\\.in\\|\\(requirements\\|constraints\\)[^/]*\\.txt\\)\\'"
              buffer-file-name))
    (add-hook 'project-find-functions #'spx-project nil t)
    (when (string-suffix-p "/setup.py" buffer-file-name)
      (setq-local eglot-server-programs
                  (cons `(python-mode . ,(lambda (&rest _) (list spx-program "lsp")))
                        eglot-server-programs)))
    (eglot-ensure)))

(add-hook 'find-file-hook #'spx-ensure)

(provide 'spx)
;;; spx.el ends here
