package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.conformance.redis.UnreliableSessions.Fault;
import dev.larder.jcache.provider.LarderCachingProvider;
import dev.larder.patterns.session.SaveResult;
import dev.larder.patterns.session.Session;
import dev.larder.patterns.session.SessionStore;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What {@link RedisSessionOutageTest}, {@link SessionOutageTest} and {@link SessionFailoverTest} look for would be seen if it happened: here it does, over caches that are broken on
 * purpose.
 */
@Timeout(300)
class FaultySessionsTest {

    private final CachingProvider provider = new LarderCachingProvider();
    private final Cache<String, byte[]> cache = provider.getCacheManager(
                    URI.create("faulty"), getClass().getClassLoader())
            .createCache("sessions", new MutableConfiguration<String, byte[]>().setTypes(String.class, byte[].class));

    @AfterEach
    void close() {
        provider.close();
    }

    private UnreliableSessions sessions(Fault fault) {
        return new UnreliableSessions(cache, fault);
    }

    /** Keeps a ledger of a save, and of an end that another save is too late for. */
    private List<List<String>> lostAndBack(Fault fault) {
        SessionStore store = SessionStore.over(sessions(fault).cache()).build();
        SessionLedger ledger = new SessionLedger();
        Session kept = begun(store);
        kept.attribute("count", 7);
        assertThat(store.save(kept)).isEqualTo(SaveResult.SAVED);
        ledger.saved(kept.id(), "count", 7);
        Session late = begun(store);
        store.invalidate(late.id());
        ledger.ended(late.id());
        late.attribute("count", 1);
        store.save(late);
        return List.of(ledger.lostIn(store), ledger.backIn(store));
    }

    private static Session begun(SessionStore store) {
        Session session = store.create();
        store.save(session);
        return Objects.requireNonNull(store.find(session.id()));
    }

    @Test
    void ledgerAgreesWithASoundCache() {
        assertThat(lostAndBack(Fault.NONE)).containsExactly(List.of(), List.of());
    }

    @Test
    void ledgerShowsASaveThatWasSwallowed() {
        assertThat(lostAndBack(Fault.SAVE_IS_SWALLOWED)).containsExactly(List.of("count: null and not 7"), List.of());
    }

    @Test
    void ledgerShowsASessionThatALateSaveBroughtBack() {
        List<List<String>> lostAndBack = lostAndBack(Fault.END_IS_UNDONE);

        assertThat(lostAndBack.get(0)).isEmpty();
        assertThat(lostAndBack.get(1)).hasSize(1);
    }

    /** What is done with a web application. */
    @FunctionalInterface
    private interface Visit {
        void to(int port) throws Exception;
    }

    private static void visit(UnreliableSessions sessions, Visit visit) throws Exception {
        SessionStore store = SessionStore.over(sessions.cache()).build();
        try (WebContainer.Running server = WebContainer.TOMCAT.start(context -> CartPages.add(context, store))) {
            visit.to(server.port());
        }
    }

    /** A shopper adds something, and logs out while a request of his is under way. */
    private void shop(Fault fault, boolean isLost, boolean isBack) throws Exception {
        UnreliableSessions sessions = sessions(fault);
        visit(sessions, port -> {
            Shopper shopper = new Shopper("ann", port);
            assertThat(shopper.logIn()).isTrue();
            assertThat(shopper.add(1)).isTrue();
            assertThat(shopper.lostAt(port).isEmpty()).as("all is there").isEqualTo(!isLost);

            sessions.beforeNextSave(() -> logOut(shopper, port));
            shopper.askAnyway(port, "/add?item=2");
            assertThat(shopper.isKnownAt(port)).as("is back").isEqualTo(isBack);
        });
    }

    private static void logOut(Shopper shopper, int port) {
        try {
            assertThat(shopper.logOut(port)).isTrue();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shopperFindsASoundShopInOrder() throws Exception {
        shop(Fault.NONE, false, false);
    }

    @Test
    void shopperMissesWhatWasSwallowed() throws Exception {
        shop(Fault.SAVE_IS_SWALLOWED, true, false);
    }

    @Test
    void shopperSeesThatALateRequestBroughtHimBack() throws Exception {
        shop(Fault.END_IS_UNDONE, false, true);
    }

    /** A customer adds something, and logs out while a request of another tab is under way. */
    private void buy(Fault fault) throws Exception {
        UnreliableSessions sessions = sessions(fault);
        visit(sessions, port -> {
            Visitor visitor = new Visitor(List.of(port), 1);
            Customer customer = new Customer(visitor, "ann");
            customer.logIn();
            customer.add(100);
            customer.add(101);
            sessions.beforeNextSave(() -> logOut(customer));
            visitor.get("/add?item=102");
            customer.requireGone();
        });
    }

    private static void logOut(Customer customer) {
        try {
            customer.logOut();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void customerNoticesNothingInASoundShop() throws Exception {
        buy(Fault.NONE);
    }

    @Test
    void customerNoticesWhatWasSwallowed() {
        assertThatThrownBy(() -> buy(Fault.SAVE_IS_SWALLOWED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the cart");
    }

    @Test
    void customerNoticesThatALateRequestBroughtHimBack() {
        assertThatThrownBy(() -> buy(Fault.END_IS_UNDONE))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("after the logout");
    }
}
