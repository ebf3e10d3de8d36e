package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.heap.HeapStore;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherFactory;

/** That the contract bites: each store here breaks one rule, and tests of that rule fail. */
class StoreContractTeethTest {

    @Test
    void soundStorePasses() {
        Findings findings = check(Sound.class, StoreContract.Leases.class);

        assertThat(findings.failed).isEmpty();
        assertThat(findings.passed).hasSizeGreaterThan(30);
    }

    @Test
    void storeThatIgnoresTheLeaseFails() {
        assertThat(failuresOf(IgnoresTheLease.class, StoreContract.Leases.class))
                .contains("leaseIsUsedUpByItsFill", "leaseLapsesAtItsEnd");
        assertThat(failuresOf(IgnoresTheLease.class, StoreContract.OvertakenLeases.class))
                .contains("fillIsRefusedOnceOvertaken", "replacementIsRefusedOnceOvertaken");
    }

    @Test
    void storeThatRepeatsAFillThatWasOvertakenFails() {
        assertThat(failuresOf(RepeatsFills.class, StoreContract.LeaseRaces.class))
                .contains("fillNeverSurvivesARemove")
                .doesNotContain("fillNeverSurvivesAWriteThrough");
    }

    @Test
    void storeThatPutsIfAbsentInTwoStepsFails() {
        assertThat(failuresOf(PutsIfAbsentInTwoSteps.class, StoreContract.Atomicity.class))
                .contains("exactlyOnePutIfAbsentWins");
    }

    @Test
    void storeThatExpiresAMillisecondLateFails() {
        assertThat(failuresOf(ExpiresLate.class, StoreContract.Expiry.class))
                .contains("entryIsDeadAtItsDeadline", "entryIsDeadAtItsDeadlineThoughTheTimerIsLate");
    }

    @Test
    void storeThatExpiresAMillisecondEarlyFails() {
        assertThat(failuresOf(ExpiresEarly.class, StoreContract.Expiry.class))
                .contains("entryIsLiveOneMillisecondBeforeItsDeadline")
                .doesNotContain("entryIsDeadAtItsDeadline");
    }

    @Test
    void storeWhoseTouchesProlongLeasesFails() {
        assertThat(failuresOf(ProlongsLeases.class, StoreContract.Leases.class))
                .contains("touchesOfOthersNeverProlongALease");
    }

    @Test
    void storeWhoseTouchesBringBackTheDeadFails() {
        assertThat(failuresOf(BringsBackTheDead.class, StoreContract.Expiry.class))
                .contains("deadEntryIsNotBroughtBackByATouch");
    }

    @Test
    void storeWhoseWalkMeetsTheDeadFails() {
        assertThat(failuresOf(MeetsTheDead.class, StoreContract.Scans.class))
                .contains("expiredEntriesAndLeasesAreNotMet", "entryThatExpiresDuringTheWalkIsNotMet");
    }

    @Test
    void storeWhoseClearLeavesLeasesFails() {
        assertThat(failuresOf(ClearsEntriesOnly.class, StoreContract.OvertakenLeases.class))
                .contains("fillIsRefusedOnceOvertaken", "overtakenLeaseCannotBeProlonged");
    }

    @Test
    void storeThatIgnoresTheVersionsOfTagsFails() {
        assertThat(failuresOf(IgnoresTagVersions.class, StoreContract.Tags.class))
                .contains(
                        "entryWithAnInvalidatedTagIsAbsentInEveryAnswer",
                        "entryWithAnInvalidatedTagIsAbsentToEveryChange",
                        "nothingLoadedBeforeAnInvalidationIsReadAfterIt");
    }

    @Test
    void storeThatTakesAFillForAsNewAsItsWriteFails() {
        assertThat(failuresOf(StampsWhenWritten.class, StoreContract.Tags.class))
                .contains(
                        "whatWasLoadedBeforeTheInvalidationIsAbsent",
                        "valueLookedUpBeforeTheInvalidationIsAbsent",
                        "nothingLoadedBeforeAnInvalidationIsReadAfterIt")
                .doesNotContain("entryWithAnInvalidatedTagIsAbsentInEveryAnswer");
    }

    @Test
    void storeThatLooksAtTagsInSingleReadsOnlyFails() {
        assertThat(failuresOf(ForgetsTagsInBulk.class, StoreContract.Tags.class))
                .contains("entryWithAnInvalidatedTagIsAbsentInEveryAnswer");
    }

    @Test
    void soundStoreKeepsTheRulesOfTags() {
        Findings findings = check(Sound.class, StoreContract.Tags.class);

        assertThat(findings.failed).isEmpty();
        assertThat(findings.passed).hasSizeGreaterThan(20);
    }

    @Test
    void storeThatTellsTheListenerWhatTheOutcomeToldFails() {
        assertThat(failuresOf(TellsTwice.class, StoreContract.Changes.class)).contains("put");
        assertThat(failuresOf(TellsTwice.class, StoreContract.NewsOfExpiry.class))
                .contains("entryToldInAnOutcomeIsNotToldToTheListenerLater");
    }

    @Test
    void storeThatTellsNobodyOfTheDeadItReplacesFails() {
        assertThat(failuresOf(TellsNobody.class, StoreContract.Changes.class)).contains("put");
        assertThat(failuresOf(TellsNobody.class, StoreContract.Atomicity.class))
                .contains("everyEntryEndsExactlyOnceWhileWritesAndTouchesRaceItsExpiry");
    }

    @Test
    void storeThatIgnoresTouchesFails() {
        assertThat(failuresOf(IgnoresTouches.class, StoreContract.Touches.class))
                .contains("touchMovesTheDeadline", "touchWithExpiredTtlTakesTheEntryAway");
    }

    @Test
    void storeThatNeverClosesFails() {
        assertThat(failuresOf(NeverCloses.class, StoreContract.Lifecycle.class))
                .contains("closedStoreRefusesEveryCall");
    }

    private static Set<String> failuresOf(Class<? extends StoreContract> test, Class<?> part) {
        return check(test, part).failed;
    }

    private static Findings check(Class<? extends StoreContract> test, Class<?> part) {
        Findings findings = new Findings();
        LauncherFactory.create()
                .execute(
                        request()
                                .selectors(selectNestedClass(List.of(test), part))
                                .build(),
                        findings);
        return findings;
    }

    /** The names of the tests that passed and that failed; a parameterised one may do both. */
    private static final class Findings implements TestExecutionListener {

        final Set<String> passed = new TreeSet<>();
        final Set<String> failed = new TreeSet<>();

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest() && test.getSource().orElseThrow() instanceof MethodSource method) {
                switch (result.getStatus()) {
                    case SUCCESSFUL -> passed.add(method.getMethodName());
                    case FAILED -> failed.add(method.getMethodName());
                    case ABORTED -> {}
                }
            }
        }
    }

    /** Breaks the stores that it opens. */
    abstract static class BrokenStoreContract extends StoreContract {

        abstract <K, V> Store<K, V> broken(Store<K, V> sound);

        @Override
        protected StoreFactory factory() {
            return new StoreFactory() {
                @Override
                public <K, V> Store<K, V> open(StoreContext<K, V> context) {
                    return broken(HeapStore.unbounded().open(context));
                }
            };
        }

        @Override
        protected int rounds(int usual) {
            return usual / 2;
        }
    }

    static class Sound extends BrokenStoreContract {
        @Override
        <K, V> Store<K, V> broken(Store<K, V> sound) {
            return sound;
        }
    }

    static class IgnoresTheLease extends BrokenStoreContract {
        @Override
        <K, V> Store<K, V> broken(Store<K, V> sound) {
            return new BrokenStores.IgnoresTheLease<>(sound);
        }
    }

    static class RepeatsFills extends BrokenStoreContract {
        @Override
        <K, V> Store<K, V> broken(Store<K, V> sound) {
            return new BrokenStores.RepeatsFills<>(sound);
        }
    }

    static class PutsIfAbsentInTwoSteps extends BrokenStoreContract {
        @Override
        <K, V> Store<K, V> broken(Store<K, V> sound) {
            return new BrokenStores.PutsIfAbsentInTwoSteps<>(sound);
        }
    }

    static class ExpiresLate extends BrokenStoreContract {
        @Override
        <K, V> Store<K, V> broken(Store<K, V> sound) {
            return new BrokenStores.ShiftsDeadlines<>(sound, 1);
        }
    }

    static class ExpiresEarly extends BrokenStoreContract {
        @Override
        <K, V> Store<K, V> broken(Store<K, V> sound) {
            return new BrokenStores.ShiftsDeadlines<>(sound, -1);
        }
    }

    static class ProlongsLeases extends BrokenStoreContract {
        @Override
        <K, V> Store<K, V> broken(Store<K, V> sound) {
            return new BrokenStores.ProlongsLeases<>(sound);
        }
    }

    static class BringsBackTheDead extends BrokenStoreContract {
        @Override
        <K, V> Store<K, V> broken(Store<K, V> sound) {
            return new BrokenStores.BringsBackTheDead<>(sound);
        }
    }

    static class MeetsTheDead extends BrokenStoreContract {
        @Override
        <K, V> Store<K, V> broken(Store<K, V> sound) {
            return new BrokenStores.MeetsTheDead<>(sound);
        }
    }

    static class IgnoresTagVersions extends BrokenStoreContract {
        @Override
        <K, V> Store<K, V> broken(Store<K, V> sound) {
            return new BrokenStores.IgnoresTagVersions<>(sound);
        }
    }

    static class StampsWhenWritten extends BrokenStoreContract {
        @Override
        <K, V> Store<K, V> broken(Store<K, V> sound) {
            return new BrokenStores.StampsWhenWritten<>(sound);
        }
    }

    static class ForgetsTagsInBulk extends BrokenStoreContract {
        @Override
        <K, V> Store<K, V> broken(Store<K, V> sound) {
            return new BrokenStores.ForgetsTagsInBulk<>(sound);
        }
    }

    static class ClearsEntriesOnly extends BrokenStoreContract {
        @Override
        <K, V> Store<K, V> broken(Store<K, V> sound) {
            return new BrokenStores.ClearsEntriesOnly<>(sound);
        }
    }

    static class TellsTwice extends BrokenStoreContract {
        @Override
        <K, V> Store<K, V> broken(Store<K, V> sound) {
            return new BrokenStores.TellsTwice<>(sound);
        }
    }

    static class TellsNobody extends BrokenStoreContract {
        @Override
        <K, V> Store<K, V> broken(Store<K, V> sound) {
            return new BrokenStores.TellsNobody<>(sound);
        }
    }

    static class IgnoresTouches extends BrokenStoreContract {
        @Override
        <K, V> Store<K, V> broken(Store<K, V> sound) {
            return new BrokenStores.IgnoresTouches<>(sound);
        }
    }

    static class NeverCloses extends BrokenStoreContract {
        @Override
        <K, V> Store<K, V> broken(Store<K, V> sound) {
            return new BrokenStores.NeverCloses<>(sound);
        }
    }
}
