### Pages for when something went wrong: what happened, and what to do next.

error-400-title = We could not make sense of that
error-400-body = Something in the request was incomplete or garbled. Please go back, reload the page and try once more.
error-403-title = This page is not open to you
error-403-body = Your account may not do this. If it should, ask an owner of the site for the right to do it.
error-404-title = There is no such page
error-404-body = The address may be mistyped, or the page may have moved. If you followed a link in an email, copy it whole and try again.
error-405-title = That does not work this way
error-405-body = This page cannot be asked for in that way. Please start from the home page and use its links and buttons.
error-409-title = Someone was quicker
error-409-body = Things changed while you had this page open. Reload it to see how they stand, then try again.
error-413-title = That is too large
error-413-body = What you sent is larger than we can take. Please choose a smaller file and try again.
error-415-title = We cannot read this kind of file
error-415-body = Please send it in another format, such as JPEG or PNG for a picture and MP3 for music.
error-422-title = Please look over the form
error-422-body = Some of what you entered needs correcting. Go back: the fields in question are marked.
error-429-title = A little too fast
error-429-body = Many requests came from your connection within a short time. Please wait a minute and try again.
error-429-retry =
    { $seconds ->
        [one] Please try again in { $seconds } second.
       *[other] Please try again in { $seconds } seconds.
    }
error-500-title = Something broke on our side
error-500-body = It is not your fault. The fault has been recorded for the people who look after the site. Please try again in a few minutes.
error-503-title = We will be right back
error-503-body = The site is busy or being looked after. Please try again in a few minutes.

error-home = To the home page
