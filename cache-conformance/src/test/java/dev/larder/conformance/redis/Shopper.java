package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A user of {@link CartPages} who stays with one node, and remembers what he was told is in his cart. He sends the id that he got at the login, also after the logout. For one thread
 * at a time.
 */
final class Shopper {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final int MOST_REFUSALS = 100;
    private final String name;
    private final int home;
    private final List<String> acknowledged = new ArrayList<>();
    private String cookie = "SESSION=none";
    private int asked;
    private int refused;

    Shopper(String name, int home) {
        this.name = name;
        this.home = home;
    }

    int home() {
        return home;
    }

    /** Returns the id that he sends. */
    String sessionId() {
        return cookie.substring(cookie.indexOf('=') + 1);
    }

    /** Returns how many requests he made. */
    int asked() {
        return asked;
    }

    /** Returns how many of these were refused. */
    int refused() {
        return refused;
    }

    /** Returns how many articles he was told are in the cart. */
    int acknowledged() {
        return acknowledged.size();
    }

    /** Returns whether he was let in. */
    boolean logIn() throws Exception {
        HttpResponse<String> answer = ask(home, "/login?user=" + name);
        List<String> cookies = answer.headers().allValues("Set-Cookie");
        if (!cookies.isEmpty()) {
            cookie = cookies.get(cookies.size() - 1).split(";", 2)[0];
        }
        return isDone(answer, name + ": ");
    }

    /** Puts something into the cart, if that is not refused, and returns whether it was. */
    boolean add(int item) throws Exception {
        boolean isAdded = isDone(ask(home, "/add?item=" + item), name + ": ");
        if (isAdded) {
            acknowledged.add("item-" + item);
        }
        return isAdded;
    }

    /** Returns whether the cart was shown. */
    boolean look() throws Exception {
        return isDone(ask(home, "/cart"), name + ": ");
    }

    /** Returns whether a node ended the session. */
    boolean logOut(int node) throws Exception {
        return isDone(ask(node, "/logout"), "bye");
    }

    /** Asks for a page that answers whatever becomes of it. */
    void askAnyway(int node, String page) throws Exception {
        assertThat(ask(node, page).statusCode()).as(page).isIn(200, 503);
    }

    /** Returns whether a node knows him, which has to answer. */
    boolean isKnownAt(int node) throws Exception {
        return !cartAt(node).equals("nobody");
    }

    /** Returns what he was told is in the cart, and is not there. */
    Set<String> lostAt(int node) throws Exception {
        Set<String> lost = new HashSet<>(acknowledged);
        lost.removeAll(Arrays.asList(cartAt(node).replace(name + ": ", "").split(" ", -1)));
        return lost;
    }

    private String cartAt(int node) throws Exception {
        HttpResponse<String> answer = ask(node, "/cart");
        for (int i = 0; answer.statusCode() == 503 && i < MOST_REFUSALS; i++) {
            TimeUnit.MILLISECONDS.sleep(100); // a busy machine may stop the server for seconds
            answer = ask(node, "/cart");
        }
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> ask(int node, String page) throws IOException, InterruptedException {
        asked++;
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + WebContainer.HOST + ":" + node + page))
                .header("Cookie", cookie)
                .timeout(Duration.ofSeconds(60))
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    /** Either it was done, or it was refused as it ought to be: there is no third way. */
    private boolean isDone(HttpResponse<String> answer, String beginning) {
        if (answer.statusCode() == 503) {
            refused++;
            return false;
        }
        assertThat(answer.statusCode()).as(name).isEqualTo(200);
        assertThat(answer.body()).as("what " + name + " sees").startsWith(beginning);
        return true;
    }
}
