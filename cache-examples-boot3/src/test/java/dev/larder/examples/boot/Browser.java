package dev.larder.examples.boot;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A user at a browser: keeps cookies, follows redirects, and fills in forms with the token that is hidden in them. */
final class Browser {

    private static final String COOKIE = "SESSION";
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager();
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(Redirect.NORMAL)
            .build();

    /** Where the last answer came from, after redirects. */
    private String path = "";

    String path() {
        return path;
    }

    /** Returns the id of the session, as it stands in the cookie in base64; empty without a session. */
    String sessionId() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(COOKIE))
                .map(cookie -> new String(Base64.getDecoder().decode(cookie.getValue()), StandardCharsets.UTF_8))
                .findAny()
                .orElse("");
    }

    /** Goes on with a session that is somebody else's. */
    void useSession(Instance instance, String id) {
        HttpCookie cookie =
                new HttpCookie(COOKIE, Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8)));
        cookie.setPath("/");
        cookie.setVersion(0);
        cookies.getCookieStore().add(instance.page("/"), cookie);
    }

    String open(URI page) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(page).build());
    }

    String logIn(Instance instance, String user, String password) throws IOException, InterruptedException {
        return submit(instance, "/login", instance, "/login", Map.of("username", user, "password", password));
    }

    String logOut(Instance instance) throws IOException, InterruptedException {
        return submit(instance, "/logout", instance, "/logout", Map.of());
    }

    /** Fills in the form that one instance shows, and sends it to another. */
    String submit(Instance from, String form, Instance to, String action, Map<String, String> fields)
            throws IOException, InterruptedException {
        Matcher token = TOKEN.matcher(open(from.page(form)));
        Map<String, String> all = new LinkedHashMap<>(fields);
        if (token.find()) {
            all.put("_csrf", token.group(1));
        }
        String body = all.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(to.page(action))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        path = response.uri().getPath();
        return response.statusCode() + " " + response.body();
    }
}
