package dev.larder.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shop as one instance that keeps its sessions itself. */
class HeapShopTest {

    private static Instance shop;

    @BeforeAll
    static void open() {
        shop = Instance.start("--shop.caches=heap-shop");
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void aCartIsKeptUntilTheLogout() throws Exception {
        Browser alice = new Browser();
        alice.logIn(shop, "alice", "wonderland");
        alice.submit(shop, "/logout", shop, "/cart", Map.of("item", "tea"));

        assertThat(alice.open(shop.page("/"))).isEqualTo("200 alice: [tea]");

        alice.logOut(shop);
        alice.logIn(shop, "alice", "wonderland");
        assertThat(alice.open(shop.page("/"))).isEqualTo("200 alice: []");
    }

    @Test
    void aSecondLoginEndsTheFirst() throws Exception {
        Browser atHome = new Browser();
        Browser atWork = new Browser();
        atHome.logIn(shop, "bob", "builder");

        atWork.logIn(shop, "bob", "builder");

        atHome.open(shop.page("/"));
        assertThat(atHome.path()).isEqualTo("/login");
        assertThat(atWork.open(shop.page("/"))).isEqualTo("200 bob: []");
    }
}
