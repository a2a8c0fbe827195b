/** As small as the template of a self-opening page can be: with a place for the bundle, and a program that does nothing. */
export const TEMPLATE = Buffer.from(`<!doctype html>
<!-- signet bundle page v1 -->
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>Sealed documents</title>
</head>
<body>
<main></main>
<script>start();</script>
<script type="text/plain" id="bundle">
</script>
</body>
</html>
`);
