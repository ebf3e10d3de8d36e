package dev.larder.examples.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shop without any server: two instances with their sessions on the heap. */
@Timeout(120)
class ShopExampleTest {

    private static ShopInstance one;
    private static ShopInstance two;

    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(Redirect.NORMAL)
            .build();

    @BeforeAll
    static void open() throws Exception {
        List<ShopInstance> instances = ShopExample.start(SharedSessions.onTheHeap(), List.of(0, 0));
        one = instances.get(0);
        two = instances.get(1);
    }

    @AfterAll
    static void close() throws Exception {
        one.close();
        two.close();
    }

    private HttpResponse<String> get(URI page) throws Exception {
        return client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(URI page, String form) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(page)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Test
    void bothInstancesKnowWhoIsLoggedIn() throws Exception {
        post(one.page("/login"), "user=alice&password=wonderland");
        post(two.page("/cart"), "article=plums");

        assertThat(get(one.page("/")).body()).contains(">alice<", "plums: 1");

        post(two.page("/logout"), "");
        assertThat(get(one.page("/")).uri()).hasPath("/login");
    }

    @Test
    void wrongPasswordIsToldSo() throws Exception {
        HttpResponse<String> answer = post(one.page("/login"), "user=alice&password=x");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("the password is another one");
        assertThat(get(one.page("/")).uri()).hasPath("/login");
    }

    @Test
    void unknownArticlesAreNotTaken() throws Exception {
        post(one.page("/login"), "user=bob&password=builder");

        post(one.page("/cart"), "article=%3Cscript%3E");

        assertThat(get(two.page("/")).body()).contains(">bob<", "nothing yet");
    }
}
