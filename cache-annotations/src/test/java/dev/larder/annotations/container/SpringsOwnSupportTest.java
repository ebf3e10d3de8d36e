package dev.larder.annotations.container;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.annotations.container.ContainerJvm.Counts;
import dev.larder.annotations.container.ContainerJvm.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Spring's own support of the annotations does otherwise: the cases that fail with it, all of them and no others. */
class SpringsOwnSupportTest {

    /** By case, what happens instead. */
    private static final Map<String, String> DIFFERENCES = Map.ofEntries(
            entry("annotationAtAClassIsForItsMethodsWithAResult", "nothing is cached"),
            entry("annotationAtAClassIsNotForWhatObjectHas", "nothing is cached, of others neither"),
            entry("putAtAClassIsForItsMethodsWithAValue", "nothing is put"),
            entry("annotationAtASuperclassIsForWhatOverridesIt", "nothing is cached"),
            entry(
                    "annotationAtAnInterfaceIsForWhatImplementsIt",
                    "nothing is cached, as beans are proxied by a subclass"),
            entry("annotationAtAnInterfaceItselfIsForItsMethods", "nothing is cached"),
            entry("callIsSharedByThoseWhoMissAtOnce", "each calls"),
            entry("resultThatARemovalOvertakesIsNotCached", "it is"),
            entry("methodAnswersThoughItsCacheFails", "the caller gets what the cache threw"),
            entry("nullIsNotCached", "a marker is cached, and null returned again"),
            entry("skipGetThatFindsNothingRemoves", "a marker is cached"),
            entry("putOfNullRemoves", "a marker is cached"),
            entry("optionalIsCachedByItsContent", "the Optional itself is"),
            entry("putOfOptionalStoresItsContent", "the Optional itself is stored"),
            entry("outcomeOfStageIsCached", "the stage itself would be"),
            entry("failureOfStageIsNotCached", "the stage itself would be"),
            entry("stageOfOptionalIsCachedByItsContent", "the stage itself would be"),
            entry("exceptionOfStageIsCachedByTheSameRules", "the stage itself would be"),
            entry("putComesWhenTheStageEnds", "it comes when the method returns"),
            entry("removeComesWhenTheStageEnds", "it comes when the method returns"),
            entry("removeDoesNotComeWhenTheStageFails", "it has come when the method returned"),
            entry("noExceptionPutsIfNoneIsNamed", "each does"),
            entry("noExceptionRemovesIfNoneIsNamed", "each does"),
            entry("noExceptionRemovesAllIfNoneIsNamed", "each does"));

    private static final List<ContainerJvm> ALL = List.of(
            new ContainerJvm("spring6", "springs-own", "larder"),
            new ContainerJvm("spring6", "springs-own", "caffeine"),
            new ContainerJvm("spring7", "springs-own", "larder"),
            new ContainerJvm("spring7", "springs-own", "caffeine"));

    private static ContainerRuns runs;

    @BeforeAll
    static void begin() {
        List<String> classes = new ArrayList<>(List.of(ContainerJvm.CASES));
        classes.addAll(ContainerJvm.TCK); // last, as its container stays open
        runs = new ContainerRuns();
        ALL.forEach(jvm -> runs.begin(jvm, classes));
    }

    @AfterAll
    static void end() {
        runs.close();
    }

    static List<ContainerJvm> containers() {
        return ALL;
    }

    @ParameterizedTest
    @MethodSource("containers")
    void tckPassesAndTheDifferencesAreThese(ContainerJvm jvm) throws Exception {
        Outcome outcome = runs.of(jvm);

        assertThat(outcome.failures())
                .extracting(failure -> failure.substring(0, failure.indexOf('(')))
                .containsExactlyInAnyOrderElementsOf(DIFFERENCES.keySet());
        assertThat(outcome.jar()).startsWith("spring-context-" + jvm.version().substring("spring".length()) + ".");
        assertThat(outcome.counts(ContainerJvm.TCK)).isEqualTo(new Counts(12, 12));
        Counts cases = outcome.counts(List.of(ContainerJvm.CASES));
        assertThat(cases.found()).isEqualTo(cases.passed() + DIFFERENCES.size());
    }
}
