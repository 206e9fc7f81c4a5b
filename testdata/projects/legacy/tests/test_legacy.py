import legacy
