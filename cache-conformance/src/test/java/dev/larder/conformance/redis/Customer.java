package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** A user of {@link CartPages} at several nodes who looks at each answer: nothing may show that there are several, or that one dies. For one thread. */
final class Customer {

    private static final int LOOKS = 8;

    private final Visitor visitor;
    private final String name;
    private final List<String> items = new ArrayList<>();
    private String cookies = "";

    Customer(Visitor visitor, String name) {
        this.visitor = visitor;
        this.name = name;
    }

    void logIn() throws InterruptedException {
        assertThat(visitor.get("/cart")).as("before the login").isEqualTo("nobody");
        assertThat(visitor.get("/login?user=" + name)).as("the login").isEqualTo(cart());
    }

    /** Puts something into the cart that comes after all else by its name. */
    void add(int item) throws InterruptedException {
        items.add("item-" + item);
        assertThat(visitor.get("/add?slowly=20&item=" + item)).as("the cart").isEqualTo(cart());
    }

    void logOut() throws InterruptedException {
        cookies = visitor.cookies();
        assertThat(cookies).as("cookies").contains("SESSION=");
        assertThat(visitor.get("/logout")).isEqualTo("bye");
        requireGone();
    }

    /** Asks all nodes, with the id that he had: without it, nobody would know him however badly he was logged out. */
    void requireGone() throws InterruptedException {
        for (int i = 0; i < LOOKS; i++) {
            assertThat(visitor.get("/cart", cookies)).as("after the logout").isEqualTo("nobody");
        }
    }

    private String cart() {
        return name + ": " + String.join(" ", items);
    }
}
