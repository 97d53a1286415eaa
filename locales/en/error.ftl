### Pages for when something went wrong: what happened, and what to do next.

error-400-title = We could not read that request
error-400-body = Part of the request was missing or damaged. Please go back, reload the page and try again.
error-403-title = This page is not open to you
error-403-body = Your account is not allowed to do this. If it should be, ask an owner of the site.
error-404-title = There is no such page
error-404-body = The address may be mistyped, or the page may have moved. If you followed a link in an email, copy it whole and try again.
error-405-title = That does not work this way
error-405-body = This page cannot be opened that way. Please start from the home page and use its links and buttons.
error-409-title = Something has changed
error-409-body = Something changed while you had this page open. Reload it, then try again.
error-413-title = That is too large
error-413-body = What you sent is larger than we can accept. Please choose a smaller file and try again.
error-415-title = We cannot read this kind of file
error-415-body = Please send it in another format, such as JPEG or PNG for a picture and MP3 for music.
error-422-title = Please check the form
error-422-body = Some of what you entered needs correcting. Go back: the fields are marked.
error-429-title = Too many requests
error-429-body = We got many requests from your connection in a short time. Please wait a minute and try again.
error-500-title = Something went wrong on our side
error-500-body = It is not your fault. The error has been recorded. Please try again in a few minutes.
error-503-title = We will be right back
error-503-body = The site is busy or under maintenance. Please try again in a few minutes.

error-home = Go to the home page
