### Incoming emails that could not be processed.

admin-set-aside-again = Письмо не удалось обработать и на этот раз
admin-set-aside-processed = Письмо обработано
admin-set-aside-delete-title = Удалить это письмо?
admin-set-aside-delete-text = То, о чём оно сообщает, не будет обработано.
admin-set-aside-deleted = Письмо удалено
