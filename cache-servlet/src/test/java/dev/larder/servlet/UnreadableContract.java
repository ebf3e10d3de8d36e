package dev.larder.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.patterns.session.SessionListener;
import dev.larder.patterns.session.SessionStoreBuilder;
import dev.larder.servlet.fixture.Basket;
import dev.larder.servlet.fixture.ForgingCodec;
import dev.larder.servlet.fixture.Gadget;
import jakarta.servlet.http.HttpSession;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in the store and cannot be read is missing, and told of: no error page, and no class that runs. */
abstract class UnreadableContract extends ContainerFixture {

    private static final String ALLOWED = Basket.class.getName();

    /** As long as the other two names: what is written has lengths in it. */
    private static final String REMOVED = "dev.larder.servlet.fixture.Absent";

    private final ForgingCodec codec = new ForgingCodec();
    private final List<String> unreadable = new CopyOnWriteArrayList<>();

    @Override
    SessionStoreBuilder storeSettings(SessionStoreBuilder builder) {
        return builder.codec(codec).listener(new SessionListener() {
            @Override
            public void unreadable(String key, String attribute, String reason) {
                unreadable.add(attribute + ": " + reason);
            }
        });
    }

    @AfterEach
    void noClassHasRun() {
        codec.forge(UnaryOperator.identity());
        assertThat(System.getProperty(Gadget.CANARY)).as("the canary").isNull();
    }

    static Stream<Arguments> forgeries() {
        UnaryOperator<String> otherVersion =
                written -> written.replace(ALLOWED + "\0\0\0\0\0\0\0\1", ALLOWED + "\0\0\0\0\0\0\0\2");
        UnaryOperator<String> otherProperty = written -> written.replace("\"tea\"", "[[0]]");
        UnaryOperator<String> removed = written -> written.replace(ALLOWED, REMOVED);
        UnaryOperator<String> poisoned = written -> written.replace(ALLOWED, Gadget.class.getName());
        Basket one = new Basket("tea");
        List<Basket> list = new ArrayList<>(List.of(one));
        Stream<Arguments> serialised = Stream.of("java", "filtered")
                .flatMap(name -> Stream.of(
                        Arguments.of(name, "changed", one, otherVersion),
                        Arguments.of(name, "removed", one, removed),
                        Arguments.of(name, "poisoned", one, poisoned),
                        Arguments.of(name, "poisoned in a list", list, poisoned),
                        Arguments.of(name, "poisoned in an array", new Basket[] {one}, poisoned)));
        Stream<Arguments> json = Stream.of(
                Arguments.of("json", "changed", one, otherProperty),
                Arguments.of("json", "removed", one, removed),
                Arguments.of("json", "poisoned", one, poisoned),
                Arguments.of("json", "poisoned in a list", list, poisoned));
        return Stream.concat(serialised, json);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("forgeries")
    void attributeThatCannotBeReadIsMissing(String name, String how, Object value, UnaryOperator<String> forgery) {
        login();
        codec.forge(forgery);
        shop.visit(browser, (request, answer) -> request.getSession().setAttribute(name, value));
        codec.forge(UnaryOperator.identity());
        unreadable.clear();

        HttpResponse<String> response = shop.visit(browser, (request, answer) -> {
            List<String> names = Collections.list(request.getSession().getAttributeNames());
            answer.getWriter().write(read(request, name) + " " + read(request, "user") + " " + names);
        });

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("null ann [user]");
        assertThat(unreadable).singleElement().asString().startsWith(name + ": ");
        assertThatTheSessionGoesOn(name);
    }

    private void assertThatTheSessionGoesOn(String name) {
        HttpResponse<String> mended =
                shop.visit(browser, (request, answer) -> request.getSession().setAttribute(name, new Basket("cake")));
        assertThat(mended.statusCode()).isEqualTo(200);
        assertThat(attribute(name) + attribute("user")).isEqualTo("cakeann");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("forgeries")
    void sessionWithAnAttributeThatCannotBeReadCanBeEnded(
            String name, String how, Object value, UnaryOperator<String> forgery) {
        login();
        codec.forge(forgery);
        shop.visit(browser, (request, answer) -> request.getSession().setAttribute(name, value));

        HttpResponse<String> logout = shop.visit(browser, (request, answer) -> {
            HttpSession session = request.getSession();
            session.removeAttribute(name);
            session.invalidate();
        });

        assertThat(logout.statusCode()).isEqualTo(200);
        assertThat(attribute("user")).isEqualTo("none");
    }

    @Test
    void sessionThatCannotBeReadIsANewOne() {
        String id = login();
        shop.sessions().put(shop.store().keyOf(id), new byte[] {1, 2, 3});
        unreadable.clear();

        assertThat(attribute("user")).isEqualTo("none");
        assertThat(unreadable).singleElement().asString().startsWith("null: ");
        assertThat(login()).isNotEqualTo(id);
        assertThat(attribute("user")).isEqualTo("ann");
    }

    /** The canary can be trusted: here its class is initialised, in a class loader that nobody else has. */
    @Test
    void canaryTellsOfAClassThatIsInitialised() throws Exception {
        URL tests = Gadget.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader apart = new URLClassLoader(new URL[] {tests}, ClassLoader.getPlatformClassLoader())) {
            Class.forName(Gadget.class.getName(), true, apart);
        }

        assertThat(System.clearProperty(Gadget.CANARY)).isEqualTo("dead");
    }
}
