### Incoming emails that could not be processed.

admin-set-aside-again = Хатты бұл жолы да өңдеу мүмкін болмады
admin-set-aside-processed = Хат өңделді
admin-set-aside-delete-title = Бұл хат жойылсын ба?
admin-set-aside-delete-text = Ондағы хабарлама өңделмейді.
admin-set-aside-deleted = Хат жойылды
