package dev.larder.patterns.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.patterns.fixture.Provider;
import dev.larder.patterns.session.SessionListener.Reason;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a session store does, whoever provides its cache. */
@Timeout(300)
abstract class SessionStoreContract {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final CacheManager manager = provider().newManager();
    private final StillClock clock = new StillClock();
    private final RecordingSessionListener listener = new RecordingSessionListener();
    private final SessionStore store = store(builder -> builder);

    abstract Provider provider();

    @AfterEach
    void close() {
        manager.close();
    }

    private SessionStore store(UnaryOperator<SessionStoreBuilder> settings) {
        return settings.apply(SessionStore.in(manager, "sessions")
                        .idleTimeout(Duration.ofMinutes(30))
                        .clock(clock)
                        .listener(listener))
                .build();
    }

    private Session saved(SessionStore by, Map<String, Object> attributes) {
        Session session = by.create();
        attributes.forEach(session::attribute);
        assertThat(by.save(session)).isEqualTo(SaveResult.SAVED);
        return session;
    }

    private Session saved(Map<String, Object> attributes) {
        return saved(store, attributes);
    }

    private Session found(String id) {
        return Objects.requireNonNull(store.find(id), "the session");
    }

    private Cache<String, byte[]> cache() {
        return manager.getCache("sessions", String.class, byte[].class);
    }

    @Test
    void sessionIsFoundWithItsAttributes() {
        Session session = saved(Map.of("user", "ann", "since", LocalDate.of(2026, 11, 27)));

        Session found = found(session.id());

        assertThat(found.attribute("user")).isEqualTo("ann");
        assertThat(found.attribute("since")).isEqualTo(LocalDate.of(2026, 11, 27));
        assertThat(found.attributeNames()).containsExactlyInAnyOrder("user", "since");
        assertThat(found.isNew()).isFalse();
        assertThat(listener.told).containsExactly("created");
    }

    @Test
    void nothingIsStoredBeforeTheFirstSave() {
        Session session = store.create();

        assertThat(session.isNew()).isTrue();
        assertThat(store.find(session.id())).isNull();
    }

    @Test
    void idIsStoredNowhere() {
        Session session = saved(Map.of("user", "ann"));

        List<String> keys = new ArrayList<>();
        cache().forEach(entry -> {
            keys.add(entry.getKey());
            assertThat(new String(entry.getValue(), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .doesNotContain(session.id());
        });

        assertThat(keys).containsExactly(session.key()).doesNotContain(session.id());
        assertThat(session.toString()).doesNotContain(session.id());
    }

    @Test
    void whatCannotBeAnIdIsNotLookedFor() {
        cache().close(); // whoever asks fails

        assertThat(store.find("")).isNull();
        assertThat(store.find("../../etc/passwd")).isNull();
        assertThat(store.find("x".repeat(1 << 20))).isNull();
        assertThat(store.invalidate("no id")).isFalse();
    }

    @Test
    void changesOfDifferentAttributesBothSurvive() {
        String id = saved(Map.of("a", 1, "b", 1, "c", 1)).id();
        Session one = found(id);
        Session other = found(id);
        one.attribute("a", 2);
        one.removeAttribute("c");
        other.attribute("b", 2);

        store.save(one);
        store.save(other);

        Session found = found(id);
        assertThat(found.attribute("a")).isEqualTo(2);
        assertThat(found.attribute("b")).isEqualTo(2);
        assertThat(found.attributeNames()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void lastOneToSaveAnAttributeWins() {
        String id = saved(Map.of("a", 1)).id();
        Session one = found(id);
        Session other = found(id);
        one.attribute("a", 2);
        other.attribute("a", 3);

        store.save(one);
        store.save(other);

        assertThat(found(id).attribute("a")).isEqualTo(3);
    }

    @Test
    void comparingStoreRefusesWhatOthersChanged() {
        SessionStore comparing = store(builder -> builder.compareAndSet(true));
        String id = saved(Map.of("a", 1, "b", 1)).id();
        Session one = Objects.requireNonNull(comparing.find(id));
        Session other = Objects.requireNonNull(comparing.find(id));
        one.attribute("a", 2);
        other.attribute("a", 3);
        other.attribute("b", 3);

        assertThat(comparing.save(one)).isEqualTo(SaveResult.SAVED);
        assertThat(comparing.save(other)).isEqualTo(SaveResult.CONFLICT);

        assertThat(found(id).attribute("a")).isEqualTo(2);
        assertThat(found(id).attribute("b")).isEqualTo(1);
        assertThat(other.isChanged()).isTrue();
    }

    @Test
    void sameSessionCanBeSavedSeveralTimes() {
        SessionStore comparing = store(builder -> builder.compareAndSet(true));
        Session session = comparing.create();
        for (int i = 0; i < 3; i++) {
            session.attribute("count", i);
            assertThat(comparing.save(session)).isEqualTo(SaveResult.SAVED);
            assertThat(session.isChanged()).isFalse();
        }

        assertThat(found(session.id()).attribute("count")).isEqualTo(2);
    }

    @Test
    void unchangedSessionIsNotWritten() {
        Session session = found(saved(Map.of("a", 1)).id());
        byte[] before = cache().get(session.key());
        session.accessed();

        assertThat(store.save(session)).isEqualTo(SaveResult.UNCHANGED);
        assertThat(cache().get(session.key())).isEqualTo(before);
    }

    @Test
    void accessIsWrittenWhenAMinuteHasPassed() {
        String id = saved(Map.of()).id();
        clock.advance(Duration.ofSeconds(59));
        Session early = found(id);
        early.accessed();
        assertThat(store.save(early)).isEqualTo(SaveResult.UNCHANGED);

        clock.advance(Duration.ofSeconds(1));
        Session later = found(id);
        later.accessed();
        assertThat(store.save(later)).isEqualTo(SaveResult.SAVED);

        assertThat(found(id).lastAccessedAt()).isEqualTo(clock.instant());
    }

    @Test
    void accessIsWrittenWhenATenthOfAShortIdleTimeoutHasPassed() {
        SessionStore brief = store(builder -> builder.idleTimeout(Duration.ofMinutes(5)));
        String id = saved(brief, Map.of()).id();
        clock.advance(Duration.ofSeconds(29));
        Session early = found(id);
        early.accessed();
        assertThat(brief.save(early)).isEqualTo(SaveResult.UNCHANGED);

        clock.advance(Duration.ofSeconds(1));
        Session later = found(id);
        later.accessed();
        assertThat(brief.save(later)).isEqualTo(SaveResult.SAVED);
    }

    @Test
    void lastAccessIsThatOfTheRequestBefore() {
        Session session = found(saved(Map.of()).id());
        clock.advance(MINUTE);

        session.accessed();

        assertThat(session.lastAccessedAt()).isEqualTo(session.createdAt());
    }

    @Test
    void changeInPlaceIsNoticedIfWanted() {
        String id = saved(Map.of("list", List.of("a"))).id();
        change(store, id);
        assertThat(found(id).attribute("list")).isEqualTo(List.of("a"));

        change(store(builder -> builder.detectInPlaceChanges(true)), id);
        assertThat(found(id).attribute("list")).isEqualTo(List.of("a", "b"));
    }

    @SuppressWarnings("unchecked") // so it was stored
    private static void change(SessionStore by, String id) {
        Session session = Objects.requireNonNull(by.find(id));
        ((List<String>) Objects.requireNonNull(session.attribute("list"))).add("b");
        by.save(session);
    }

    @Test
    void idleTimeoutSlides() {
        String id = saved(Map.of()).id();
        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofMinutes(29));
            Session session = found(id);
            session.accessed();
            store.save(session);
        }

        clock.advance(Duration.ofMinutes(30));

        assertThat(store.find(id)).isNull();
    }

    @Test
    void absoluteTimeoutCannotBeExtended() {
        SessionStore strict = store(builder -> builder.absoluteTimeout(Duration.ofHours(1)));
        String id = saved(strict, Map.of()).id();
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofMinutes(19));
            Session session = found(id);
            session.accessed();
            session.idleTimeout(Duration.ofDays(1));
            strict.rotateId(session);
            strict.save(session);
            id = session.id();
        }
        assertThat(found(id).absoluteDeadline()).isEqualTo(clock.instant().plus(Duration.ofMinutes(3)));

        clock.advance(Duration.ofMinutes(3));

        assertThat(store.find(id)).isNull();
    }

    @Test
    void sessionCanHaveAnIdleTimeoutOfItsOwn() {
        Session longer = store.create();
        longer.idleTimeout(Duration.ofHours(5));
        store.save(longer);
        Session endless = store.create();
        endless.idleTimeout(Duration.ZERO);
        store.save(endless);

        clock.advance(Duration.ofHours(5).minusMillis(1));
        assertThat(store.find(longer.id())).isNotNull();
        clock.advance(Duration.ofMillis(1));
        assertThat(store.find(longer.id())).isNull();
        clock.advance(Duration.ofDays(1_000));
        assertThat(store.find(endless.id())).isNotNull();
    }

    @Test
    void expiryIsToldOnceWithTheAttributes() {
        String id = saved(Map.of("user", "ann")).id();
        clock.advance(Duration.ofMinutes(30));

        assertThat(store.find(id)).isNull();
        assertThat(store.find(id)).isNull();

        assertThat(listener.told).containsExactly("created", "destroyed EXPIRED");
        assertThat(listener.ended.get(0).attribute("user")).isEqualTo("ann");
        assertThat(listener.ended.get(0).isValid()).isFalse();
    }

    @Test
    void sweepTellsEachExpiryOnceInTheFleet() {
        SessionStore sweeping = store(builder -> builder.sweepEvery(Duration.ofDays(1)));
        SessionStore another = store(builder -> builder.sweepEvery(Duration.ofDays(1)));
        for (int i = 0; i < 5; i++) {
            saved(sweeping, Map.of("number", i));
        }
        assertThat(sweeping.sweep()).isZero();
        clock.advance(Duration.ofMinutes(30));

        assertThat(sweeping.sweep() + another.sweep()).isEqualTo(5);
        assertThat(sweeping.sweep()).isZero();

        assertThat(listener.ended)
                .extracting(session -> session.attribute("number"))
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        sweeping.close();
        another.close();
    }

    @Test
    void lateSaveDoesNotBringAnExpiredSessionBack() {
        String id = saved(Map.of()).id();
        Session late = found(id);
        clock.advance(Duration.ofMinutes(30));
        late.attribute("a", 1);
        late.accessed();

        assertThat(store.save(late)).isEqualTo(SaveResult.GONE);
        assertThat(store.find(id)).isNull();
    }

    @Test
    void lateSaveDoesNotBringAnInvalidatedSessionBack() {
        String id = saved(Map.of("user", "ann")).id();
        Session late = found(id);
        assertThat(store.invalidate(id)).isTrue();
        late.attribute("a", 1);

        assertThat(store.save(late)).isEqualTo(SaveResult.GONE);
        assertThat(store.find(id)).isNull();
        assertThat(late.isValid()).isFalse();
        assertThat(store.invalidate(id)).isFalse();
        assertThat(listener.told).containsExactly("created", "destroyed INVALIDATED");
        assertThat(listener.ended.get(0).attribute("user")).isEqualTo("ann");
    }

    @Test
    void saveAfterTheTombstoneIsGoneDoesNotBringASessionBackEither() {
        String id = saved(Map.of()).id();
        Session late = found(id);
        cache().removeAll();
        late.attribute("a", 1);

        assertThat(store.save(late)).isEqualTo(SaveResult.GONE);
        assertThat(store.find(id)).isNull();
    }

    @Test
    void firstSaveIsRefusedWhereATombstoneIs() {
        Session session = store.create();
        store.invalidate(session.id());

        assertThat(store.save(session)).isEqualTo(SaveResult.GONE);
        assertThat(store.find(session.id())).isNull();
    }

    @Test
    void newSessionThatIsInvalidatedIsNeverStored() {
        Session session = store.create();
        store.invalidate(session);

        assertThat(store.save(session)).isEqualTo(SaveResult.GONE);
        assertThat(cache().iterator()).isExhausted();
    }

    @Test
    void rotationMovesTheSession() {
        Session session = saved(Map.of("user", "ann"));
        String old = session.id();
        session.attribute("later", true);

        store.rotateId(session);

        assertThat(session.id()).isNotEqualTo(old);
        assertThat(store.find(old)).isNull();
        assertThat(found(session.id()).attribute("user")).isEqualTo("ann");
        assertThat(store.save(session)).isEqualTo(SaveResult.SAVED);
        assertThat(found(session.id()).attribute("later")).isEqualTo(true);
        assertThat(listener.told).containsExactly("created", "id changed");
    }

    @Test
    void saveUnderTheOldIdIsMergedIntoTheNewSession() {
        Session session = saved(Map.of("a", 1));
        String old = session.id();
        Session underWay = found(old);
        underWay.attribute("b", 2);

        store.rotateId(session);
        store.rotateId(session);

        assertThat(store.save(underWay)).isEqualTo(SaveResult.SAVED);
        assertThat(underWay.id()).isEqualTo(old);
        assertThat(found(session.id()).attribute("b")).isEqualTo(2);
        assertThat(store.find(old)).isNull();
    }

    @Test
    void logoutUnderTheOldIdEndsTheNewSession() {
        Session session = saved(Map.of());
        Session underWay = found(session.id());
        store.rotateId(session);

        store.invalidate(underWay);

        assertThat(store.find(session.id())).isNull();
    }

    @Test
    void rotationDoesNotBringAnEndedSessionBack() {
        Session session = saved(Map.of());
        Session late = found(session.id());
        store.invalidate(session);

        store.rotateId(late);

        assertThat(late.isValid()).isFalse();
        assertThat(store.find(late.id())).isNull();
        assertThat(store.save(late)).isEqualTo(SaveResult.GONE);
    }

    @Test
    void ofTwoRotationsTheLastOneHasTheSession() {
        Session one = saved(Map.of("a", 1));
        Session other = found(one.id());

        store.rotateId(one);
        store.rotateId(other);

        assertThat(store.find(one.id())).isNull();
        assertThat(found(other.id()).attribute("a")).isEqualTo(1);
    }

    @Test
    void newSessionIsRotatedWithoutTheCache() {
        Session session = store.create();
        String old = session.id();

        store.rotateId(session);

        assertThat(session.id()).isNotEqualTo(old);
        assertThat(cache().iterator()).isExhausted();
    }

    @Test
    void idIsRenewedWhenItIsOldEnough() {
        SessionStore renewing = store(builder -> builder.renewIdAfter(Duration.ofMinutes(10)));
        String old = saved(renewing, Map.of("a", 1)).id();
        assertThat(Objects.requireNonNull(renewing.find(old)).needsRenewal()).isFalse();
        clock.advance(Duration.ofMinutes(10));
        Session one = Objects.requireNonNull(renewing.find(old));
        Session other = Objects.requireNonNull(renewing.find(old));

        assertThat(renewing.renewId(one)).isTrue();
        assertThat(renewing.renewId(other)).isFalse();

        assertThat(one.id()).isNotEqualTo(old);
        assertThat(one.needsRenewal()).isFalse();
        assertThat(other.id()).isEqualTo(old);
        other.attribute("b", 2);
        assertThat(renewing.save(other)).isEqualTo(SaveResult.SAVED);
        assertThat(found(one.id()).attribute("b")).isEqualTo(2);
    }

    @Test
    void renewedIdLeadsToTheSessionForAMoment() {
        SessionStore renewing = store(builder -> builder.renewIdAfter(Duration.ofMinutes(10)));
        String old = saved(renewing, Map.of("a", 1)).id();
        clock.advance(Duration.ofMinutes(10));
        renewing.renewId(Objects.requireNonNull(renewing.find(old)));

        Session ofTheSamePage = Objects.requireNonNull(renewing.find(old));
        assertThat(ofTheSamePage.attribute("a")).isEqualTo(1);
        assertThat(renewing.renewId(ofTheSamePage)).isFalse();

        clock.advance(Duration.ofSeconds(10));
        assertThat(renewing.find(old)).isNull();
    }

    @Test
    void sessionsAreFoundByAnIndex() {
        SessionStore indexed = store(builder -> builder.index("user"));
        Session one = saved(indexed, Map.of("user", "ann"));
        Session other = saved(indexed, Map.of("user", "ann"));
        saved(indexed, Map.of("user", "bob"));
        saved(indexed, Map.of());

        List<Session> found = indexed.findByIndex("user", "ann");

        assertThat(found).extracting(Session::key).containsExactlyInAnyOrder(one.key(), other.key());
        assertThatThrownBy(() -> found.get(0).id()).isInstanceOf(IllegalStateException.class);
        assertThat(indexed.findByIndex("user", "eve")).isEmpty();
        assertThatThrownBy(() -> indexed.findByIndex("age", "7")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void indexFollowsWhatBecomesOfASession() {
        SessionStore indexed = store(builder -> builder.index("user"));
        Session session = saved(indexed, Map.of("user", "ann"));
        indexed.rotateId(session);
        assertThat(indexed.findByIndex("user", "ann")).extracting(Session::key).containsExactly(session.key());

        session.attribute("user", "bob");
        indexed.save(session);
        assertThat(indexed.findByIndex("user", "ann")).isEmpty();
        assertThat(indexed.findByIndex("user", "bob")).hasSize(1);

        assertThat(indexed.invalidateByKey(
                        indexed.findByIndex("user", "bob").get(0).key()))
                .isTrue();
        assertThat(indexed.findByIndex("user", "bob")).isEmpty();
        assertThat(store.find(session.id())).isNull();
    }

    @Test
    void sessionThatIsUsedForLongStaysInTheIndex() {
        SessionStore indexed = store(builder -> builder.index("user"));
        String id = saved(indexed, Map.of("user", "ann")).id();
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofMinutes(29));
            Session session = Objects.requireNonNull(indexed.find(id));
            session.accessed();
            indexed.save(session);
        }

        assertThat(indexed.findByIndex("user", "ann")).hasSize(1);
    }

    @Test
    void indexForgetsSessionsWhoseTimeIsOver() {
        SessionStore indexed = store(builder -> builder.index("user"));
        saved(indexed, Map.of("user", "ann"));
        clock.advance(Duration.ofMinutes(30));

        assertThat(indexed.findByIndex("user", "ann")).isEmpty();

        assertThat(manager.getCache("sessions.index", String.class, byte[].class)
                        .iterator())
                .isExhausted();
        assertThat(listener.told).containsExactly("created", "destroyed EXPIRED");
    }

    @Test
    void sessionUsedLeastRecentlyGoes() {
        SessionStore limited =
                store(builder -> builder.index("user").maxSessions("user", 2, WhenTooMany.END_OLDEST_USED));
        Session first = saved(limited, Map.of("user", "ann"));
        clock.advance(MINUTE);
        Session second = saved(limited, Map.of("user", "ann"));
        clock.advance(MINUTE);
        first.accessed();
        limited.save(first);
        clock.advance(MINUTE);

        Session third = saved(limited, Map.of("user", "ann"));

        assertThat(store.find(first.id())).isNotNull();
        assertThat(store.find(second.id())).isNull();
        assertThat(store.find(third.id())).isNotNull();
        assertThat(listener.told).containsOnlyOnce("destroyed " + Reason.TOO_MANY);
    }

    @Test
    void oldestLoginGoes() {
        SessionStore limited =
                store(builder -> builder.index("user").maxSessions("user", 1, WhenTooMany.END_OLDEST_CREATED));
        Session anonymous = saved(limited, Map.of());
        clock.advance(MINUTE);
        Session first = saved(limited, Map.of("user", "ann"));
        clock.advance(MINUTE);

        anonymous.attribute("user", "ann");
        limited.save(anonymous);

        assertThat(store.find(first.id())).isNull();
        assertThat(store.find(anonymous.id())).isNotNull();
    }

    @Test
    void newSessionIsRefusedUntilOneHasEnded() {
        SessionStore limited = store(builder -> builder.index("user").maxSessions("user", 1, WhenTooMany.REFUSE_NEW));
        Session first = saved(limited, Map.of("user", "ann"));
        Session second = limited.create();
        second.attribute("user", "ann");

        assertThatThrownBy(() -> limited.save(second))
                .isInstanceOf(TooManySessionsException.class)
                .hasMessageContaining("\"user\"")
                .hasMessageNotContaining("ann");
        assertThat(store.find(second.id())).isNull();

        limited.invalidate(first);
        assertThat(limited.save(second)).isEqualTo(SaveResult.SAVED);
    }

    @Test
    void rotationTakesNoSecondPlaceAndKeepsTheFirst() {
        SessionStore limited = store(builder -> builder.index("user").maxSessions("user", 2, WhenTooMany.REFUSE_NEW));
        Session first = saved(limited, Map.of("user", "ann"));
        limited.rotateId(first);
        Session second = saved(limited, Map.of("user", "ann"));
        limited.rotateId(first);

        assertThat(limited.findByIndex("user", "ann"))
                .extracting(Session::key)
                .containsExactly(first.key(), second.key());
    }

    @Test
    void unreadableAttributeIsAbsentAndTold() {
        SessionStore lenient = store(builder -> builder.codec(AttributeCodec.javaSerialization(Thing.class)));
        Session session = saved(lenient, Map.of("thing", new Thing("x"), "a", 1));

        Session found = found(session.id());

        assertThat(found.attribute("thing")).isNull();
        assertThat(found.attributeNames()).containsExactly("a");
        assertThat(listener.told).containsExactly("created", "unreadable thing");
        found.attribute("a", 2);
        store.save(found);
        assertThat(Objects.requireNonNull(lenient.find(session.id())).attribute("thing"))
                .as("what others can read is left to them")
                .isEqualTo(new Thing("x"));
    }

    record Thing(String name) implements java.io.Serializable {}

    @Test
    void unreadableSessionIsAbsentAndTold() {
        Session session = saved(Map.of("a", 1));
        byte[] bytes = cache().get(session.key());
        bytes[bytes.length / 2] ^= 1;
        cache().put(session.key(), bytes);

        assertThat(store.find(session.id())).isNull();
        assertThat(listener.told).contains("unreadable null");
        session.attribute("a", 2);
        assertThat(store.save(session)).isEqualTo(SaveResult.GONE);
    }

    @Test
    void tooLargeIsRefusedWithSettingAndValueButWithoutTheId() {
        SessionStore small = store(builder -> builder.maxAttributeBytes(100).maxSessionBytes(250));
        Session session = saved(small, Map.of("a", "x".repeat(90)));
        session.attribute("secret", "hush".repeat(30));

        assertThatThrownBy(() -> small.save(session))
                .isInstanceOf(SessionTooLargeException.class)
                .hasMessageContaining("maxAttributeBytes = 100")
                .hasMessageNotContaining("hush")
                .hasMessageNotContaining(session.id());

        session.removeAttribute("secret");
        session.attribute("b", "x".repeat(90));
        session.attribute("c", "x".repeat(90));
        assertThatThrownBy(() -> small.save(session))
                .isInstanceOf(SessionTooLargeException.class)
                .hasMessageContaining("maxSessionBytes = 250");
        assertThat(found(session.id()).attributeNames()).isEqualTo(Set.of("a"));
    }

    @Test
    void listenerThatThrowsDoesNoHarm() {
        store.addListener(new SessionListener() {
            @Override
            public void created(Session session) {
                throw new IllegalStateException("on purpose");
            }
        });

        assertThat(saved(Map.of()).isNew()).isFalse();
        assertThat(listener.told).containsExactly("created");
    }
}
