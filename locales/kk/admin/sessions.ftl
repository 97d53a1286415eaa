### The user's own sessions.

admin-session-title = Менің сеанстарым
admin-session-about = { $email } мекенжайымен кірілген браузерлер.
admin-session-browser = Браузер
admin-session-network = Желі
admin-session-since = Басталуы
admin-session-last-used = Соңғы белсенділік
admin-session-end = Аяқтау
admin-session-unknown = Белгісіз
admin-session-this = осы сеанс
admin-session-ended = Сеанс аяқталды
admin-session-ended-before = Бұл сеанс бұрын аяқталған
