### The texts of the emails that the site itself sends, and the frame around campaigns.

mail-greeting = Hola, { $name }:
mail-greeting-nameless = Hola:
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
mail-account-second-step-on = Se ha activado la verificación en dos pasos en su cuenta.
mail-account-second-step-off = Se ha desactivado la verificación en dos pasos en su cuenta.
mail-account-token-made = Se ha creado un nuevo token de API para su cuenta.
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

mail-preferences-link-subject = Sus preferencias: { $site }
mail-preferences-link-body = Aquí tiene el enlace a sus preferencias. No lo comparta: cualquiera que lo tenga puede cambiarlas.
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
mail-campaign-all-day = Todo el día
mail-campaign-address = Nuestra dirección postal: { $address }
# Stands for a reader's name where there is none: Dear reader.
mail-reader = lector
mail-test-notice = Esto es una prueba. Se le ha enviado solo a usted.

## Labels of the plain text part

mail-text-links = Enlaces
mail-text-picture = Imagen: { $alt }
mail-text-unsubscribe = Para darse de baja: { $url }
mail-text-preferences = Sus preferencias: { $url }
mail-text-view = En la web: { $url }
mail-text-when = Cuándo: { $when }
mail-text-where = Dónde: { $where }

## Is this your new address?

mail-address-subject = ¿Es esta su nueva dirección? { $site }
mail-address-body = Ha pedido recibir sus correos en esta dirección a partir de ahora. Confirme que es suya.
mail-address-button = Confirmar mi nueva dirección
mail-address-ignore = ¿No ha sido usted? Entonces no haga nada y nada cambiará.

## Links of another system

mail-old-link-subject = Sus suscripciones: { $site }
mail-old-link-heading = Elija lo que recibe o dese de baja
mail-old-link-body = Alguien, probablemente usted, ha seguido un enlace de un correo antiguo y ha pedido a { $site } la página de esta dirección. En ella puede darse de baja de las listas o cambiarlas.
mail-old-link-button = Abrir mis suscripciones
mail-old-link-ignore = Si no lo ha pedido usted, ignore este correo. No se ha cambiado nada.
