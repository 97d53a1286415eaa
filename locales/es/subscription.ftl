### Joining, confirming, leaving, and everything a subscriber may change.

## Join

join-title = Suscríbase a nuestra lista de correo
join-lead = Elija los temas de los que quiere recibir noticias. Le enviaremos un mensaje para comprobar que la dirección es suya.
join-one-lead = Le enviaremos un mensaje para comprobar que la dirección es suya.
join-email-label = Correo electrónico
join-email-hint = Por ejemplo, name@example.com
join-name-label = Su nombre
join-name-hint = Opcional. Solo lo usamos para dirigirnos a usted.
join-lists-label = Qué quiere recibir
join-language-label = Idioma de los correos
# The wording kept as evidence of consent.
consent-wording = Doy mi consentimiento para que { $site } me envíe a esta dirección los correos electrónicos que he elegido. Puedo darme de baja en cualquier momento con un solo clic.
engagement-wording = También doy mi consentimiento para que { $site } vea si abro sus correos y qué enlaces sigo en ellos. Puedo retirarlo en cualquier momento con un solo clic.
engagement-hint = Opcional: recibirá los mismos correos sin ello, y entonces no se registra nada de lo que lee.
join-button = Suscribirse a la lista
join-privacy = Conservamos su dirección únicamente para estos correos y no se la damos a nadie.
# A field that scripts fill in and people do not see.
join-trap-label = Deje este campo vacío
puzzle-doing = Comprobando que no lo envía un robot…
puzzle-done = Listo para enviar.
puzzle-without-scripts = Su navegador no ejecuta scripts. Permanezca 15 segundos en este formulario antes de enviarlo.

## Check your inbox: the same page for every address

sent-title = Revise su bandeja de entrada
sent-body = Si esa dirección se puede agregar, ya le hemos enviado un mensaje. Ábralo y pulse el botón que contiene para terminar.
sent-spam-hint = ¿Nada después de unos minutos? Mire en la carpeta de spam y compruebe que no haya ningún error en la dirección.
sent-expiry =
    { $hours ->
        [one] El enlace del mensaje es válido durante { $hours } hora.
       *[other] El enlace del mensaje es válido durante { $hours } horas.
    }
sent-expiry-days =
    { $days ->
        [one] El enlace del mensaje es válido durante { $days } día.
       *[other] El enlace del mensaje es válido durante { $days } días.
    }
sent-again = Probar con otra dirección

## Confirm

confirm-title = Un último paso
confirm-body = Pulse el botón y los correos llegarán a esta dirección:
confirm-lists =
    { $count ->
        [one] Va a suscribirse a esta lista:
       *[other] Va a suscribirse a estas listas:
    }
confirm-button = Sí, quiero recibir los correos
confirm-not-you = ¿No lo ha pedido usted? Cierre la página sin más. Si no se pulsa el botón, no se envía nada.
engagement-confirm-hint = Esto se marcó en el formulario de suscripción. Márquelo también aquí si está de acuerdo.
confirmed-title = ¡Le damos la bienvenida!
confirmed-body = Su dirección está confirmada. Recibirá el próximo correo.
confirmed-preferences = Cambiar lo que recibo
confirmed-home = Ir a la página de inicio

## A link that no longer works

expired-title = Este enlace ha caducado
expired-body = Por seguridad, nuestros enlaces son válidos durante un tiempo limitado. No se ha cambiado nada.
expired-again = Rellene el formulario otra vez y le enviaremos un nuevo enlace.
expired-button = Ir al formulario
used-title = Este enlace ya se ha utilizado
used-body = No queda nada por hacer: el enlace ya ha cumplido su función.
gone-title = Aquí ya no hay nada
gone-body = El contenido al que llevaba este enlace se ha eliminado. Puede volver a suscribirse cuando quiera.

## A link in a test email

sample-title = Esto es una prueba
sample-body = El enlace procede de un correo de prueba. No se ha cambiado nada.

## Unsubscribe

unsubscribe-title = ¿Quiere darse de baja de la lista?
unsubscribe-body = Pulse el botón y dejaremos de escribirle de inmediato. Sin preguntas ni correos de despedida.
unsubscribe-list = Lista: { $list }
unsubscribe-button = Darme de baja
unsubscribe-all-button = Darme de baja de todo
unsubscribe-fewer = O elija qué correos quiere conservar
unsubscribed-title = Se ha dado de baja de la lista
unsubscribed-body = No recibirá más correos de ella. Puede que aún llegue alguno que ya esté en camino.
unsubscribed-all-body = No recibirá más correos nuestros. Puede que aún llegue alguno que ya esté en camino.
unsubscribed-reason-label = ¿Nos diría por qué?
unsubscribed-reason-hint = Opcional. Guardamos la respuesta junto con la constancia de su baja.
unsubscribed-reason-too-many = Hay demasiados correos
unsubscribed-reason-not-interesting = Los temas no me interesan
unsubscribed-reason-never-asked = No recuerdo haberme suscrito
unsubscribed-reason-elsewhere = Leo las noticias en otro lugar
unsubscribed-reason-other = Otro motivo
unsubscribed-reason-button = Enviar
unsubscribed-reason-thanks = Gracias. Hemos anotado su respuesta.
unsubscribed-rejoin = ¿Ha sido un error? Vuelva a suscribirse

## Preferences

preferences-title = Sus preferencias
preferences-lead = Estas preferencias corresponden a { $email }. No comparta el enlace de esta página: cualquiera que lo tenga puede cambiarlas.
preferences-lists-label = Correos que recibe
preferences-lists-empty = Actualmente no está en ninguna lista.
preferences-language-label = Idioma de los correos
preferences-name-label = Su nombre
preferences-save = Guardar
preferences-saved = Guardado.
preferences-frequency-label = Con qué frecuencia
preferences-frequency-each = Cada correo por separado
preferences-frequency-each-hint = En cuanto se envía.
preferences-frequency-weekly = Un correo por semana
preferences-frequency-weekly-hint = Reúne lo que han enviado sus listas. Las noticias urgentes siguen llegando de inmediato.
preferences-changed-joined = Ahora está en la lista «{ $list }».
preferences-changed-left = Se ha dado de baja de la lista «{ $list }».
preferences-changed-name = Su nombre se ha cambiado.
preferences-changed-language = Ahora los correos llegan en este idioma: { $language }.
preferences-changed-answers = Sus respuestas se han cambiado.
preferences-changed-each = A partir de ahora cada correo llega por separado. Si ya se ha reunido algo para usted esta semana, aún le llegará en un solo correo.
preferences-changed-weekly = A partir de ahora recibirá un correo por semana.
preferences-unchanged = No se ha cambiado nada.
preferences-pause-title = Hacer una pausa
preferences-pause-body = Sigue en sus listas, pero no recibe sus correos durante un tiempo. Lo que se envíe mientras tanto no se enviará después.
preferences-pause-label = Durante cuánto tiempo
preferences-pause-2w = Dos semanas
preferences-pause-1m = Un mes
preferences-pause-3m = Tres meses
preferences-pause-6m = Seis meses
preferences-pause-until-label = O hasta este día
preferences-pause-until-hint = Como máximo dentro de un año. Déjelo vacío para usar el tiempo de arriba.
preferences-pause-button = Pausar los correos
preferences-pause-change-button = Cambiar la pausa
preferences-paused = No recibirá correos hasta el { $date }. A partir de ese día volverán a llegar automáticamente.
preferences-pause-past = Elija un día posterior a hoy.
preferences-pause-too-long = Una pausa dura como máximo un año. Elija una fecha más cercana.
preferences-pause-unknown = No se puede leer esta fecha. Elíjala en el calendario o escríbala así: 2027-03-01.
preferences-resume-button = Terminar la pausa ahora
preferences-resumed = A partir de ahora vuelve a recibir correos.
preferences-came-back = Ya puede volver a recibir correos. Ahora elija sus listas.
preferences-engagement-title = Correos abiertos y enlaces
preferences-engagement-is-agreed = Usted ha dado este consentimiento:
preferences-engagement-agree-button = Doy mi consentimiento
preferences-engagement-withdraw-button = Retirar y borrar lo registrado
preferences-engagement-agreed = Guardado. A partir del próximo correo se registra si lo abre y qué enlaces sigue.
preferences-engagement-withdrawn = Retirado. Lo registrado se ha borrado y no se registra nada más.
preferences-stays-suppressed = No podemos levantar este bloqueo aquí: los correos enviados a usted fueron devueltos, se marcaron como spam o los detuvimos nosotros. Escríbanos.
preferences-state-pending = pendiente de su confirmación
preferences-leave-title = Darse de baja de todo
preferences-leave-body = Se da de baja de todas las listas a la vez. Conservamos constancia de su deseo para que nadie vuelva a agregar su dirección por error.
preferences-leave-button = Darme de baja de todas las listas
preferences-suppressed-title = No recibe correos nuestros
preferences-suppressed-body = Tal como se pidió, no se envía nada a esta dirección. Si quiere volver a recibir correos, indíquelo aquí y después elija sus listas.
preferences-come-back-button = Volver a recibir correos
preferences-export-title = Exportar mis datos
preferences-export-body = Un archivo con todo lo que conservamos sobre esta dirección: el nombre, las listas y cuándo dio su consentimiento y a qué.
preferences-export-button = Descargar el archivo
preferences-erase-title = Eliminar mis datos
preferences-erase-body = Eliminamos su dirección, su nombre y sus preferencias. Lo que se elimina no se puede recuperar.
preferences-erase-button = Eliminar mis datos…
erase-title = ¿Eliminar todo lo que tenemos sobre usted?
erase-body = Se dará de baja de todas las listas y sus datos se eliminarán de forma permanente. Quizá le convenga descargar antes una copia.
erase-kept = Lo que se conserva: cifras en nuestros informes, que no identifican a nadie.
erase-kept-address = Solo su dirección permanece en la lista de aquellas a las que nunca escribimos, para que nadie vuelva a agregarla por error.
erase-confirm-label = Sí, eliminar mis datos de forma permanente
erase-confirm-missing = Marque la casilla si de verdad quiere que se eliminen sus datos.
erase-button = Eliminar mis datos
erase-cancel = Conservar mis datos
erased-title = Sus datos se han eliminado
erased-body = Ya no tenemos su dirección, su nombre ni sus preferencias. Puede volver a suscribirse cuando quiera.

## What is wrong with a form

form-errors-title =
    { $count ->
        [one] Corrija { $count } error:
       *[other] Corrija { $count } errores:
    }
field-email-missing = Introduzca su dirección de correo electrónico.
field-email-malformed = Esto no parece una dirección de correo electrónico. Debe ser como name@example.com.
field-email-too-long = Esta dirección es demasiado larga. Una dirección de correo electrónico tiene como máximo { $max } caracteres.
field-name-too-long = Este nombre es demasiado largo. No debe superar los { $max } caracteres.
field-name-malformed = Un nombre no lleva saltos de línea ni caracteres de control. Escríbalo en una sola línea.
field-lists-missing = Elija al menos una lista.
field-list-unknown = Esta lista no está abierta a suscripciones.
field-language-unknown = Elija uno de los idiomas ofrecidos.
field-answer-missing = Responda a esta pregunta.
field-answer-unknown = Elija una de estas opciones.
field-answer-too-long = La respuesta es demasiado larga. No debe superar los { $max } caracteres.
form-wait =
    { $seconds ->
        [one] Espere { $seconds } segundo e inténtelo de nuevo.
       *[other] Espere { $seconds } segundos e inténtelo de nuevo.
    }
form-too-quick = El formulario llegó más rápido de lo que una persona puede rellenarlo. Envíelo otra vez.
form-from-elsewhere = Este formulario llegó desde un sitio que no está autorizado a mostrarlo. Compruebe lo que dice y envíelo desde aquí.

## Never again

never-title = ¿No quiere recibir más correos así?
never-body = Pulse el botón y este sitio no volverá a escribir nunca a esta dirección, aunque alguien la introduzca en un formulario:
never-button = No volver a escribirme nunca
never-hint = Esto no es necesario para no estar en una lista: sin su confirmación no está en ninguna. Si cambia de opinión, póngase en contacto con los responsables de este sitio.
never-done-title = Hecho
never-done-body = Este sitio ya no escribe a esa dirección.

## What we keep of you

my-data-title = Sus datos
my-data-body = Vea qué conserva este sitio sobre usted o pida que se elimine. El enlace es válido durante un día; no se lo pase a nadie.
my-data-ask-title = Primero le enviamos un enlace
my-data-ask-body = Un correo reenviado no debe bastar para ver o eliminar sus datos. Pulse el botón y enviaremos a su dirección un enlace válido durante un día.
my-data-ask-button = Enviarme el enlace
my-data-sent-title = Revise su bandeja de entrada
my-data-sent-body = Un enlace para ver o eliminar sus datos va en camino a su dirección. Es válido durante un día.
my-data-address-title = Otra dirección
my-data-address-body = Indique la dirección a la que deben llegar sus correos. Pediremos allí una confirmación; hasta entonces nada cambia.
my-data-address-label = Nueva dirección de correo electrónico
my-data-address-button = Cambiar mi dirección…
my-data-address-same = Esta ya es su dirección. Introduzca otra.
my-data-address-sent-title = Revise la nueva bandeja de entrada
my-data-address-sent-body = Si la nueva dirección se puede usar, va en camino un correo con un enlace. Siga el enlace para confirmarla; hasta entonces sus correos llegan a la dirección anterior.

## A new address

address-title = Su nueva dirección
address-body = Pulse el botón y, a partir de ahora, sus correos llegarán a esta dirección:
address-button = Sí, esta es mi dirección
address-done-title = Su dirección ha cambiado
address-done-body = El próximo correo llegará a su nueva dirección.
address-refused-title = Esta dirección no se puede usar
address-refused-body = Ya está en nuestras listas, o no se le puede enviar nada. Sus correos siguen llegando a la dirección anterior.

## Links of another system

old-link-title = Este enlace es de un correo antiguo
old-link-body = Ahora enviamos nuestros correos de otra manera y no podemos saber por este enlace a quién pertenece. Introduzca su dirección y le enviaremos por correo un enlace para darse de baja o cambiar lo que recibe.
old-link-label = Su dirección de correo electrónico
old-link-button = Enviarme el enlace
old-link-invalid = Esta dirección de correo electrónico no está completa.
old-link-sent-title = Revise su bandeja de entrada
old-link-sent-body = Si esta dirección recibe nuestros correos, va en camino a ella un enlace para darse de baja o cambiar lo que recibe.
