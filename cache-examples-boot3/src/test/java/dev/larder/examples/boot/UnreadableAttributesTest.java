package dev.larder.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.examples.evil.Trap;
import dev.larder.patterns.session.SessionListener;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in a session and cannot be read is not there, and told of: no page fails, and no class runs. */
class UnreadableAttributesTest {

    private static final String LOGIN = "SPRING_SECURITY_CONTEXT";

    private static final List<String> UNREADABLE = new CopyOnWriteArrayList<>();

    private static Instance shop;

    private final Browser alice = new Browser();

    @BeforeAll
    static void open() {
        shop = Instance.start("--shop.caches=unreadable-shop");
        shop.sessions().store().addListener(new SessionListener() {
            @Override
            public void unreadable(String key, String attribute, String reason) {
                UNREADABLE.add(attribute);
            }
        });
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @AfterEach
    void noClassHasRun() {
        assertThat(System.getProperty(Trap.CANARY)).as("the canary").isNull();
    }

    /** The names of the classes are of one length, as there are lengths in what is written. */
    static Stream<Arguments> forgeries() {
        return Stream.of(
                forgery("changed", written -> written.replace("items", "goods")),
                forgery("removed", written -> written.replace("boot.Cart", "boot.Gone")),
                forgery("poisoned", written -> written.replace("boot.Cart", "evil.Trap")));
    }

    private static Arguments forgery(String how, UnaryOperator<String> forgery) {
        return Arguments.of(how, forgery);
    }

    private void logIn() throws Exception {
        alice.logIn(shop, "alice", "wonderland");
        assertThat(alice.open(shop.page("/"))).isEqualTo("200 alice: []");
    }

    private void forge(String attribute, UnaryOperator<String> forgery) {
        ForgedAttributes.write(shop.caches(), alice.sessionId(), "alice", attribute, forgery);
        UNREADABLE.clear();
    }

    @Test
    void whatIsForgedIsReadWhereNothingIsWrongWithIt() throws Exception {
        logIn();

        forge("cart", written -> written);

        assertThat(alice.open(shop.page("/"))).isEqualTo("200 alice: [forged]");
        assertThat(UNREADABLE).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void cartThatCannotBeReadIsEmpty(String how, UnaryOperator<String> forgery) throws Exception {
        logIn();

        forge("cart", forgery);

        assertThat(alice.open(shop.page("/"))).isEqualTo("200 alice: []");
        assertThat(UNREADABLE).contains("cart").containsOnly("cart");
        assertThat(alice.submit(shop, "/logout", shop, "/cart", Map.of("item", "cake")))
                .isEqualTo("200 alice: [cake]");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void loginThatCannotBeReadIsAskedForAgain(String how, UnaryOperator<String> forgery) throws Exception {
        logIn();

        forge(LOGIN, forgery);

        assertThat(alice.open(shop.page("/"))).startsWith("200 ");
        assertThat(alice.path()).isEqualTo("/login");
        assertThat(UNREADABLE).contains(LOGIN).containsOnly(LOGIN);
        logIn();
    }

    /** The canary can be trusted: here its class is initialised, in a class loader that nobody else has. */
    @Test
    void canaryTellsOfAClassThatIsInitialised() throws Exception {
        URL tests = Trap.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader apart = new URLClassLoader(new URL[] {tests}, ClassLoader.getPlatformClassLoader())) {
            Class.forName(Trap.class.getName(), true, apart);
        }

        assertThat(System.clearProperty(Trap.CANARY)).isEqualTo("dead");
    }
}
