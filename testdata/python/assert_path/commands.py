WHOSE = 'own'
