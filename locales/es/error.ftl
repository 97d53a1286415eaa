### Pages for when something went wrong: what happened, and what to do next.

error-400-title = No hemos podido entender la solicitud
error-400-body = La solicitud estaba incompleta o dañada. Vuelva atrás, recargue la página e inténtelo de nuevo.
error-403-title = No tiene acceso a esta página
error-403-body = Su cuenta no está autorizada a hacer esto. Si debería estarlo, pida el permiso a un propietario del sitio.
error-404-title = Esta página no existe
error-404-body = Puede que la dirección esté mal escrita o que la página haya cambiado de lugar. Si ha seguido un enlace de un correo, cópielo entero e inténtelo de nuevo.
error-405-title = Así no funciona
error-405-body = No se puede acceder a esta página de esa manera. Empiece por la página de inicio y use sus enlaces y botones.
error-409-title = Alguien se ha adelantado
error-409-body = Algo ha cambiado mientras tenía abierta esta página. Recárguela para ver cómo ha quedado e inténtelo de nuevo.
error-413-title = Es demasiado grande
error-413-body = Lo que ha enviado supera el tamaño que podemos aceptar. Elija un archivo más pequeño e inténtelo de nuevo.
error-415-title = No podemos leer este tipo de archivo
error-415-body = Envíelo en otro formato, por ejemplo JPEG o PNG para una imagen y MP3 para la música.
error-422-title = Revise el formulario
error-422-body = Hay datos que es necesario corregir. Vuelva atrás: los campos correspondientes están marcados.
error-429-title = Demasiado rápido
error-429-body = Hemos recibido muchas solicitudes desde su conexión en poco tiempo. Espere un minuto e inténtelo de nuevo.
error-500-title = Algo ha fallado de nuestra parte
error-500-body = No es culpa suya. El fallo ha quedado registrado para las personas que se ocupan del sitio. Inténtelo de nuevo dentro de unos minutos.
error-503-title = Volvemos enseguida
error-503-body = El sitio está saturado o en mantenimiento. Inténtelo de nuevo dentro de unos minutos.

error-home = Ir a la página de inicio
