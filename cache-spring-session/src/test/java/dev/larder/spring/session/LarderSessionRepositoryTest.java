package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.session.FlushMode;

/** What Spring Session may expect of a repository, over the providers of Larder and Caffeine. */
@ParameterizedClass
@EnumSource(Provider.class)
class LarderSessionRepositoryTest {

    @Parameter
    private Provider provider;

    private Fleet fleet;
    private LarderSessionRepository one;
    private LarderSessionRepository two;

    @BeforeEach
    void open() {
        fleet = new Fleet(provider);
        one = fleet.instance();
        two = fleet.instance();
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
        fleet.close();
    }

    private static LarderSession saved(LarderSessionRepository repository, String name, Object value) {
        LarderSession session = repository.createSession();
        session.setAttribute(name, value);
        repository.save(session);
        return session;
    }

    @Test
    void newSessionIsNotStoredBeforeItIsSaved() {
        LarderSession session = one.createSession();

        assertThat(two.findById(session.getId())).isNull();
    }

    @Test
    void savedSessionIsFoundByOtherInstances() {
        LarderSession session = saved(one, "color", "green");

        LarderSession found = two.findById(session.getId());

        assertThat(found.getId()).isEqualTo(session.getId());
        assertThat(found.<String>getAttribute("color")).isEqualTo("green");
        assertThat(found.getAttributeNames()).containsExactly("color");
        assertThat(found.getCreationTime()).isEqualTo(fleet.clock.instant());
    }

    @Test
    void idThatWasNeverThereFindsNothing() {
        assertThat(one.findById("nonsense")).isNull();
        assertThat(one.findById("")).isNull();
        assertThat(one.findById("a.b")).isNull();
    }

    @Test
    void twoRequestsThatChangeTwoAttributesBothPrevail() {
        LarderSession session = saved(one, "color", "green");
        LarderSession first = one.findById(session.getId());
        LarderSession second = two.findById(session.getId());
        first.setAttribute("size", "L");
        second.setAttribute("color", "red");

        one.save(first);
        two.save(second);

        LarderSession found = one.findById(session.getId());
        assertThat(found.<String>getAttribute("size")).isEqualTo("L");
        assertThat(found.<String>getAttribute("color")).isEqualTo("red");
    }

    @Test
    void nullRemovesAnAttribute() {
        LarderSession session = saved(one, "color", "green");
        session.setAttribute("color", null);
        one.save(session);

        assertThat(two.findById(session.getId()).getAttributeNames()).isEmpty();
    }

    @Test
    void lateSaveDoesNotBringBackADeletedSession() {
        LarderSession session = saved(one, "color", "green");
        LarderSession late = two.findById(session.getId());
        late.setAttribute("color", "red");

        one.deleteById(session.getId());
        two.save(late);

        assertThat(one.findById(session.getId())).isNull();
        assertThat(two.findById(session.getId())).isNull();
    }

    @Test
    void changedIdIsTheOnlyOneThatOpensTheSession() {
        LarderSession session = saved(one, "color", "green");
        String before = session.getId();

        String after = session.changeSessionId();
        one.save(session);

        assertThat(after).isNotEqualTo(before).isEqualTo(session.getId());
        assertThat(two.findById(before)).isNull();
        assertThat(two.findById(after).<String>getAttribute("color")).isEqualTo("green");
    }

    @Test
    void idOfANewSessionCanBeChanged() {
        LarderSession session = one.createSession();
        String before = session.getId();

        String after = session.changeSessionId();
        one.save(session);

        assertThat(two.findById(before)).isNull();
        assertThat(two.findById(after)).isNotNull();
    }

    @Test
    void idleSessionExpires() {
        LarderSession session = saved(one, "color", "green");

        fleet.clock.advance(Duration.ofMinutes(30));

        assertThat(session.isExpired()).isTrue();
        assertThat(two.findById(session.getId())).isNull();
    }

    @Test
    void accessKeepsASessionAlive() {
        LarderSession session = saved(one, "color", "green");
        fleet.clock.advance(Duration.ofMinutes(20));
        LarderSession used = two.findById(session.getId());
        used.setLastAccessedTime(fleet.clock.instant());
        two.save(used);

        fleet.clock.advance(Duration.ofMinutes(20));

        LarderSession found = one.findById(session.getId());
        assertThat(found.getLastAccessedTime()).isEqualTo(fleet.clock.instant().minus(Duration.ofMinutes(20)));
        assertThat(found.isExpired()).isFalse();
    }

    @Test
    void maxInactiveIntervalIsKept() {
        LarderSession session = one.createSession();
        session.setMaxInactiveInterval(Duration.ofMinutes(5));
        one.save(session);

        assertThat(two.findById(session.getId()).getMaxInactiveInterval()).isEqualTo(Duration.ofMinutes(5));
        fleet.clock.advance(Duration.ofMinutes(5));
        assertThat(two.findById(session.getId())).isNull();
    }

    @Test
    void negativeIntervalIsForEver() {
        LarderSession session = one.createSession();
        session.setMaxInactiveInterval(Duration.ofSeconds(-1));
        one.save(session);

        fleet.clock.advance(Duration.ofDays(1000));

        assertThat(two.findById(session.getId()).getMaxInactiveInterval()).isNegative();
    }

    @Test
    void intervalOfZeroEndsTheSession() {
        LarderSession session = saved(one, "color", "green");
        session.setMaxInactiveInterval(Duration.ZERO);

        assertThat(session.isExpired()).isTrue();
        assertThat(session.getMaxInactiveInterval()).isZero();
        one.save(session);

        assertThat(two.findById(session.getId())).isNull();
    }

    @Test
    void sessionsOfAUserAreFoundByHisName() {
        LarderSession first = saved(one, PRINCIPAL_NAME_INDEX_NAME, "alice");
        LarderSession second = saved(two, PRINCIPAL_NAME_INDEX_NAME, "alice");
        saved(one, PRINCIPAL_NAME_INDEX_NAME, "bob");

        Map<String, LarderSession> found = one.findByPrincipalName("alice");

        assertThat(found).hasSize(2).containsKey(first.getId()).doesNotContainKey(second.getId());
        assertThat(found)
                .allSatisfy((name, session) -> assertThat(session.getId()).isEqualTo(name));
        assertThat(one.findByIndexNameAndIndexValue("shoe size", "alice")).isEmpty();
    }

    @Test
    void sessionFoundByItsUserCanBeChangedByItsHandle() {
        LarderSession session = saved(one, PRINCIPAL_NAME_INDEX_NAME, "alice");
        String handle = two.findByPrincipalName("alice").keySet().iterator().next();

        LarderSession found = two.findById(handle);
        found.setAttribute("warning", "go home");
        two.save(found);

        assertThat(handle).isNotEqualTo(session.getId());
        assertThat(one.findById(session.getId()).<String>getAttribute("warning"))
                .isEqualTo("go home");
    }

    @Test
    void sessionFoundByItsUserCanBeDeletedByItsHandle() {
        LarderSession session = saved(one, PRINCIPAL_NAME_INDEX_NAME, "alice");

        two.deleteById(two.findByPrincipalName("alice").keySet().iterator().next());

        assertThat(one.findById(session.getId())).isNull();
        assertThat(one.findByPrincipalName("alice")).isEmpty();
    }

    @Test
    void handleMeansNothingToAnotherInstance() {
        LarderSession session = saved(one, PRINCIPAL_NAME_INDEX_NAME, "alice");
        String handle = two.findByPrincipalName("alice").keySet().iterator().next();

        one.deleteById(handle);

        assertThat(one.findById(handle)).isNull();
        assertThat(one.findById(session.getId())).isNotNull();
    }

    @Test
    void immediateFlushStoresEachChangeAtOnce() {
        LarderSessionRepository hasty = fleet.instance(store -> {}, builder -> builder.flushMode(FlushMode.IMMEDIATE));

        LarderSession session = hasty.createSession();
        session.setAttribute("color", "green");

        assertThat(one.findById(session.getId()).<String>getAttribute("color")).isEqualTo("green");
        session.removeAttribute("color");
        assertThat(one.findById(session.getId()).getAttributeNames()).isEmpty();
        hasty.close();
    }

    @Test
    void changesInPlaceAreSavedIfTheStoreLooksForThem() {
        LarderSessionRepository watchful = fleet.instance(store -> store.detectInPlaceChanges(true));
        LarderSession session = saved(watchful, "items", new ArrayList<>(List.of("tea")));
        LarderSession changed = watchful.findById(session.getId());

        changed.<List<String>>getAttribute("items").add("cake");
        watchful.save(changed);

        assertThat(one.findById(session.getId()).<List<String>>getAttribute("items"))
                .containsExactly("tea", "cake");
        watchful.close();
    }

    @Test
    void sessionShowsNeitherIdNorAttributesInItsText() {
        LarderSession session = saved(one, "color", "green");

        assertThat(session.toString()).doesNotContain(session.getId()).doesNotContain("green");
    }
}
