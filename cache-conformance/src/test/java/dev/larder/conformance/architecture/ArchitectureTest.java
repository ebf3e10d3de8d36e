package dev.larder.conformance.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final String FIXTURES = "dev.larder.fixtures.";

    private static final JavaClasses LARDER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.larder");

    /** Each rule with the fixtures that break it: packages below {@code dev.larder.fixtures}. */
    private static final Map<Function<String, ArchRule>, List<String>> RULES = Map.ofEntries(
            Map.entry(Rules::coreKnowsNothingAboveIt, List.of("coreknowsjavaxcache", "coreknowsjcache")),
            Map.entry(Rules::jcacheKnowsNoPatternsTestsOrExamples, List.of("jcacheknowstestkit")),
            Map.entry(Rules::patternsKnowNoProvider, List.of("patternsknowsjcache")),
            Map.entry(Rules::servletKnowsOnlyPatterns, List.of("servletknowsjcache")),
            Map.entry(Rules::annotationsKnowOnlyTheApiOfLarder, List.of("annotationsknowpatterns")),
            Map.entry(Rules::testkitKnowsOnlyCore, List.of("testkitknowsjcache")),
            Map.entry(Rules::redisKnowsOnlyCore, List.of("redisknowsjcache")),
            Map.entry(Rules::nobodyKnowsTheProvider, List.of("facadeknowsprovider")),
            Map.entry(Rules::onlyTheProviderKnowsTheFacade, List.of("engineknowsfacade")),
            Map.entry(Rules::helpersDoNotKnowTheEngine, List.of("loadknowsengine")),
            Map.entry(Rules::configKnowsNoOtherInternals, List.of("configknowsload")),
            Map.entry(Rules::onlyTheFacadeKnowsTheConfig, List.of("engineknowsconfig")),
            Map.entry(Rules::publicApiKnowsNoInternals, List.of("apiknowsinternal")),
            Map.entry(Rules::internalsAreNobodyElsesBusiness, List.of("exampleknowsinternal")),
            Map.entry(Rules::packagesHaveNoCircles, List.of("circle")),
            Map.entry(Rules::timeComesThroughTheClock, List.of("ownclock")),
            Map.entry(Rules::onlyExamplesPrint, List.of("prints")),
            Map.entry(Rules::packagesAreNullMarked, List.of("unmarked")));

    @ParameterizedTest
    @MethodSource
    void larderKeepsTheRule(ArchRule rule) {
        rule.allowEmptyShould(true).check(LARDER);
    }

    static Stream<ArchRule> larderKeepsTheRule() {
        return RULES.keySet().stream().map(rule -> rule.apply("dev.larder"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("fixtures")
    void fixtureBreaksTheRule(Function<String, ArchRule> rule, String fixture) {
        ArchRule here = rule.apply(FIXTURES + fixture);

        assertThatThrownBy(() -> here.check(classesOf(fixture)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(FIXTURES + fixture)
                .hasMessageContaining("was violated");
    }

    /** Otherwise a rule could seem to work while it objects to something else. */
    @ParameterizedTest(name = "{1}")
    @MethodSource("fixtures")
    void fixtureBreaksNoOtherRule(Function<String, ArchRule> broken, String fixture) {
        JavaClasses classes = classesOf(fixture);

        assertThat(RULES.keySet())
                .filteredOn(rule -> rule != broken)
                .map(rule -> rule.apply(FIXTURES + fixture))
                .allSatisfy(rule -> rule.allowEmptyShould(true).check(classes));
    }

    static Stream<Arguments> fixtures() {
        return RULES.entrySet().stream()
                .flatMap(rule -> rule.getValue().stream().map(fixture -> arguments(rule.getKey(), fixture)));
    }

    private static JavaClasses classesOf(String fixture) {
        return new ClassFileImporter().importPackages(FIXTURES + fixture);
    }
}
