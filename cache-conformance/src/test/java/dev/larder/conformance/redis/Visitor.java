package dev.larder.conformance.redis;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A user behind a switch, which takes a node by chance for each request, and another one if that node does not answer. */
final class Visitor {

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client;
    private final List<Integer> ports;
    private final Random random;
    private final AtomicInteger switched = new AtomicInteger();

    Visitor(List<Integer> ports, long seed) {
        this.ports = ports;
        this.random = new Random(seed);
        this.client = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .connectTimeout(Duration.ofSeconds(60))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** Returns what a page says; whatever is no success fails. */
    String get(String page) throws InterruptedException {
        return get(page, "");
    }

    /** Asks also with cookies that a node may have taken back meanwhile; none if empty. */
    String get(String page, String kept) throws InterruptedException {
        List<Integer> nodes = new ArrayList<>(ports);
        Collections.shuffle(nodes, random);
        IOException last = null;
        for (int port : nodes) {
            try {
                return answer(port, page, kept);
            } catch (IOException e) {
                last = e;
                switched.incrementAndGet();
            }
        }
        throw new AssertionError("no node answers", last);
    }

    private String answer(int port, String page, String kept) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + WebContainer.HOST + ":" + port + page))
                .timeout(Duration.ofSeconds(60));
        if (!kept.isEmpty()) {
            request.header("Cookie", kept);
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(page + " was answered " + response.statusCode());
        }
        return response.body();
    }

    /** Returns the cookies there are, as they are sent. */
    String cookies() {
        return cookies.getCookieStore().getCookies().stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    /** Returns how many requests were sent to another node, because one did not answer. */
    int switched() {
        return switched.get();
    }
}
