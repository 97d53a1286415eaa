### The texts of the emails that the site itself sends, and the frame around campaigns.

mail-signature = { $site }
mail-link-fallback = Si el botón no funciona, copie esta dirección en su navegador:

## Confirmation

mail-confirm-subject = Confirme su dirección: { $site }
mail-confirm-preheader = Un clic y empezará a recibir los correos.
mail-confirm-heading = ¿Es esta su dirección?
mail-confirm-body = Alguien, probablemente usted, ha pedido a { $site } que envíe correos a esta dirección. Confirme que es suya.
mail-confirm-lists =
    { $count ->
        [one] Lista elegida:
       *[other] Listas elegidas:
    }
mail-confirm-button = Confirmar mi dirección
mail-confirm-expiry =
    { $hours ->
        [one] El enlace es válido durante { $hours } hora.
       *[other] El enlace es válido durante { $hours } horas.
    }
mail-confirm-expiry-days =
    { $days ->
        [one] El enlace es válido durante { $days } día.
       *[other] El enlace es válido durante { $days } días.
    }
mail-confirm-ignore = ¿No ha sido usted? Entonces no haga nada. Sin su confirmación no recibirá ningún correo y olvidaremos la dirección.
mail-confirm-never = No volver a enviar nunca correos así a esta dirección

## Welcome

mail-welcome-subject = Le damos la bienvenida: { $site }
mail-welcome-preheader = Ya está en la lista.
mail-welcome-heading = Le damos la bienvenida
mail-welcome-body = Gracias por suscribirse a los correos de { $site }. El próximo llegará a esta dirección.
mail-welcome-lists =
    { $count ->
        [one] Está en esta lista:
       *[other] Está en estas listas:
    }
mail-welcome-button = Ver mis preferencias
mail-welcome-leave = Puede cambiar lo que recibe o darse de baja con un solo clic cuando quiera.

## Already on the list

mail-already-subject = Ya está en la lista: { $site }
mail-already-preheader = No tiene que hacer nada.
mail-already-heading = Ya está con nosotros
mail-already-body = Alguien, probablemente usted, ha introducido esta dirección en el formulario de { $site }. Ya está en la lista, así que nada ha cambiado.
mail-already-hint = Si no le llegan nuestros correos, mire en la carpeta de spam y agregue nuestra dirección a sus contactos.
mail-already-button = Ver mis preferencias
mail-already-ignore = ¿No ha sido usted? No se preocupe: nadie puede saber por el formulario que usted está en la lista.

## Sign-in link

mail-sign-in-subject = Su enlace para iniciar sesión: { $site }
mail-sign-in-preheader = Funciona una sola vez y durante poco tiempo.
mail-sign-in-heading = Iniciar sesión
mail-sign-in-body = Pulse el botón para iniciar sesión en { $site }.
mail-sign-in-button = Iniciar sesión
mail-sign-in-expiry =
    { $minutes ->
        [one] El enlace funciona una sola vez, durante { $minutes } minuto.
       *[other] El enlace funciona una sola vez, durante { $minutes } minutos.
    }
mail-sign-in-ignore = ¿No lo ha pedido usted? Entonces no haga nada: sin el enlace nadie puede iniciar sesión con su dirección.

## Your account was changed

mail-account-subject = Se han hecho cambios en su cuenta: { $site }
mail-account-heading = Se han hecho cambios en su cuenta
mail-account-password-set = Se ha establecido una nueva contraseña para su cuenta.
mail-account-password-removed = Se ha eliminado la contraseña de su cuenta. Ahora inicia sesión con un enlace que recibe por correo.
mail-account-passkey-added = Se ha añadido una nueva llave de acceso a su cuenta.
mail-account-passkey-removed = Se ha eliminado una llave de acceso de su cuenta.
mail-account-second-step-on = Se ha activado la verificación en dos pasos en su cuenta.
mail-account-second-step-off = Se ha desactivado la verificación en dos pasos en su cuenta.
mail-account-token-made = Se ha creado un nuevo token de API para su cuenta.
mail-account-provider-linked = Se ha vinculado a su cuenta una cuenta de su organización: con ella se puede iniciar sesión como usted.
mail-account-provider-unlinked = Se ha eliminado el vínculo de su cuenta con una cuenta de su organización.
mail-account-reset = Se ha restablecido el acceso a su cuenta: se han eliminado la contraseña y el segundo paso, y se han cerrado las sesiones.
mail-account-not-you = ¿Ha sido usted? Entonces no tiene que hacer nada. Si no, inicie sesión de inmediato, establezca una nueva contraseña y avise a un propietario del sitio.
mail-account-button = Ver mi cuenta
mail-account-reason = Todas las personas que trabajan en { $site } reciben este correo cuando cambian sus datos de acceso.

## What we keep of you

mail-my-data-subject = Sus datos: { $site }
mail-my-data-heading = Ver o eliminar sus datos
mail-my-data-body = Alguien, probablemente usted, ha pedido a { $site } ver o eliminar los datos que conserva sobre esta dirección. El enlace es válido durante un día.
mail-my-data-button = Ver o eliminar mis datos
mail-my-data-ignore = Si no lo ha pedido usted, ignore este correo. Cualquiera que tenga un correo que usted haya reenviado puede pedirlo, pero solo usted lo recibe.

## Frame of a campaign

mail-campaign-reason =
    { $count ->
        [one] Recibe este correo porque se suscribió a esta lista de { $site }: { $lists }.
       *[other] Recibe este correo porque se suscribió a estas listas de { $site }: { $lists }.
    }
mail-weekly-title = La semana: { $site }
mail-weekly-preheader = Lo que sus listas han enviado esta semana.
mail-weekly-reason = Recibe este correo porque pidió a { $site } un solo correo por semana. Si se da de baja, saldrá de las listas cuyas noticias contiene; en Preferencias puede volver a recibir cada correo por separado.
mail-campaign-unsubscribe = Darse de baja
mail-campaign-preferences = Preferencias
mail-campaign-view = Ver en el navegador
mail-campaign-read-more = Leer más
mail-digest-title = Noticias de { $site }
mail-campaign-posts = Últimas publicaciones
mail-campaign-events = Próximos eventos
# $event: the title of an event in the calendars of readers.
mail-event-changed = Cambio: { $event }
mail-event-changed-text = Este evento ha cambiado. Ahora es así:
mail-event-cancelled = Cancelado: { $event }
# $when: the day and time. The marks are Markdown.
mail-event-cancelled-text = **{ $event }** ({ $when }) no se celebrará.
# Stands for a reader's name where there is none: Dear reader.
mail-reader = lector

## Labels of the plain text part

mail-text-links = Enlaces

## Is this your new address?

mail-address-subject = ¿Es esta su nueva dirección? { $site }
mail-address-body = Ha pedido recibir sus correos en esta dirección a partir de ahora. Confirme que es suya.
mail-address-button = Confirmar mi nueva dirección
mail-address-ignore = ¿No ha sido usted? Entonces no haga nada y nada cambiará.
mail-address-changed-subject = Su dirección ha cambiado: { $site }
mail-address-changed-body = A partir de ahora sus correos van a otra dirección, como se pidió con un enlace enviado a esta dirección y se confirmó en la nueva.
mail-address-changed-other = ¿No ha sido usted? Entonces responda a este correo.

## Links of another system

mail-old-link-subject = Sus suscripciones: { $site }
mail-old-link-heading = Elija lo que recibe o dese de baja
mail-old-link-body = Alguien, probablemente usted, ha seguido un enlace de un correo antiguo y ha pedido a { $site } la página de esta dirección. En ella puede darse de baja de las listas o cambiarlas.
mail-old-link-button = Abrir mis suscripciones
mail-old-link-ignore = Si no lo ha pedido usted, ignore este correo. No se ha cambiado nada.

## Invitation

mail-invitation-subject = Invitación: { $site }
mail-invitation-preheader = Abra el enlace para aceptarla.
mail-invitation-heading = Le invitamos a { $site }
mail-invitation-body = { $inviter } le ha invitado a trabajar en { $site }. Pulse el botón para aceptar e iniciar sesión.
mail-invitation-button = Aceptar la invitación
mail-invitation-expiry =
    { $days ->
        [one] El enlace funciona una sola vez, durante { $days } día.
       *[other] El enlace funciona una sola vez, durante { $days } días.
    }
mail-invitation-ask = Después, pida a { $inviter } que la envíe de nuevo.
mail-invitation-ignore = Si no esperaba este correo, no haga nada: sin el enlace nadie puede iniciar sesión con su dirección.

## Notifications

mail-notice-campaign-finished = Campaña enviada: { $name }
mail-notice-campaign-finished-text = Enviados: { $done }. No se pudieron entregar: { $failed }.
mail-notice-campaign-failed-to-start = La campaña no pudo comenzar: { $name }
mail-notice-campaign-failed-to-start-text = Estaba programada y no pudo comenzar. No se ha enviado nada. Corrija el problema y vuelva a iniciarla o programarla.
mail-notice-approval-requested = Se pide aprobación: { $name }
mail-notice-approval-requested-text = La campaña no empieza hasta que una segunda persona la apruebe. Revísela y apruébela en su página, salvo que el último cambio sea suyo.
mail-notice-comment-added = Comentario nuevo: { $name }
mail-notice-comment-added-text = Alguien le ha respondido o le ha mencionado. Ábralo para leerlo y responder.
mail-notice-campaign-paused = Campaña en pausa: { $name }
mail-notice-campaign-paused-text = Se ha puesto en pausa automáticamente. Vea el motivo y después reanúdela o cancélela.
mail-notice-series-paused = Serie en pausa: { $name }
mail-notice-series-paused-text = Se ha puesto en pausa automáticamente. Vea el motivo y después reanúdela o termínela.
mail-notice-series-step = Serie: { $name }
mail-notice-series-step-text = Un lector ha llegado a un paso de esta serie que le avisa.
mail-notice-series-email-failed = Serie: { $name }, un correo no se ha enviado
mail-notice-series-email-failed-text = Un lector no recibe este correo, y quizá hoy tampoco otros. El informe del paso indica quiénes.
mail-notice-too-many-bounces = Demasiados rebotes o quejas: { $name }
mail-notice-too-many-bounces-text = La campaña se ha puesto en pausa automáticamente para que los proveedores de correo no le bloqueen. Antes de reanudarla, compruebe de dónde proceden las direcciones.
mail-notice-import-finished = Importación terminada: { $name }
mail-notice-import-finished-text = Añadidos: { $done }. No se pudieron importar: { $failed }.
mail-notice-import-failed = La importación ha fallado: { $name }
mail-notice-import-failed-text = Lo que se importó antes se conserva. Abra la importación para ver más.
mail-notice-domain-record-missing = Registro DNS ausente o incorrecto: { $name }
mail-notice-domain-record-missing-text = Antes estaba publicado. Sin él, los proveedores de correo pueden rechazar sus mensajes o marcarlos como no deseados.
mail-notice-disk-nearly-full = El disco está casi lleno
mail-notice-disk-nearly-full-text = Cuando se llene, no se podrá guardar nada ni se enviará nada. Libere espacio.
mail-notice-task-failing = Falla una tarea en segundo plano: { $name }
mail-notice-task-failing-text = Lo que depende de ella espera. Consulte la comprobación del sistema.
mail-notice-backup-failed = La copia de seguridad ha fallado
mail-notice-backup-failed-text = La copia de seguridad programada de la base de datos ha fallado. Se vuelve a intentar cada 15 minutos; se le avisa una vez.
mail-notice-counts-corrected = Algunos recuentos de suscriptores eran erróneos y se han corregido
mail-notice-counts-corrected-text = De los números que las páginas muestran de listas, suscriptores y etiquetas, algunos no coincidían con la base de datos: { $done }. Ya son correctos, y ningún correo fue a otra persona por ello. El registro del proceso de envío los nombra. Si vuelve a ocurrir, infórmenos.
mail-notice-feed-failing = No se puede leer el canal: { $name }
mail-notice-feed-failing-text = No se pudo leer tres veces seguidas. Se sigue intentando; hasta entonces las campañas no muestran nada nuevo de él.
mail-notice-ab-test-decided = Prueba A/B decidida: { $name }
mail-notice-ab-test-decided-text = Los demás lectores reciben la variante elegida. Las cifras están en la página de la campaña.
mail-notice-ab-test-waits = La prueba A/B le espera: { $name }
mail-notice-ab-test-waits-text = Las cifras no la han decidido. Elija qué reciben los demás lectores; hasta entonces no reciben nada.
mail-notice-reason = Motivo: { $reason }.
mail-notice-button = Abrir
mail-notice-why = Recibe este correo porque trabaja en { $site }.
mail-notice-choose = Elegir sobre qué recibe avisos
