package dev.larder.conformance.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/**
 * The rules of the architecture, each a function of the root package it holds under, so that a test can break it
 * under a root of its own.
 *
 * <p>The order of the packages inside cache-jcache, with nothing pointing back up:
 *
 * <pre>
 *     provider -> facade -> engine -> {expiry, event, load, write, stats, management, concurrent, guard} -> store
 *                 facade -> config -> {settings, store}
 * </pre>
 */
final class Rules {
    private static final String INTERNAL = ".internal";

    private static final Set<String> CLOCKS = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.lang.Thread.sleep",
            "java.time.Instant.now");

    private static final Set<String> CONSOLE =
            Set.of("java.lang.System.out", "java.lang.System.err", "java.lang.Throwable.printStackTrace");

    private Rules() {}

    static ArchRule coreKnowsNothingAboveIt(String root) {
        return noClasses()
                .that(resideInAnyPackage(core(root)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "javax.cache..",
                        root + ".jcache..",
                        root + ".patterns..",
                        root + ".testkit..",
                        root + ".examples.."));
    }

    /** They serve caches of any provider. Two classes are used where that is Larder, and left alone where it is not: one sets the TTL of a session, one looks at a setting. */
    static ArchRule patternsKnowNoProvider(String root) {
        return noClasses()
                .that(resideInAPackage(root + ".patterns.."))
                .and(not(name(root + ".patterns.session.internal.record.LarderTtl")))
                .and(not(name(root + ".patterns.session.LarderFailureSetting")))
                .should()
                .dependOnClassesThat(resideInAPackage(root + "..").and(not(resideInAPackage(root + ".patterns.."))));
    }

    /** It serves caches of any provider, too. */
    static ArchRule servletKnowsOnlyPatterns(String root) {
        return noClasses()
                .that(resideInAPackage(root + ".servlet.."))
                .should()
                .dependOnClassesThat(resideInAPackage(root + "..")
                        .and(not(resideInAnyPackage(root + ".servlet..", root + ".patterns.."))));
    }

    /** They serve caches of any provider; of Larder they know what only Larder can do, and few classes do: what a store of bytes makes of their keys is in the package of codecs. */
    static ArchRule annotationsKnowOnlyTheApiOfLarder(String root) {
        return noClasses()
                .that(resideInAPackage(root + ".annotations.."))
                .should()
                .dependOnClassesThat(resideInAPackage(root + "..")
                        .and(not(resideInAnyPackage(root + ".annotations..", root + ".jcache", root + ".codec"))));
    }

    static ArchRule jcacheKnowsNoPatternsTestsOrExamples(String root) {
        return noClasses()
                .that(resideInAPackage(root + ".jcache.."))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(root + ".patterns..", root + ".testkit..", root + ".examples.."));
    }

    static ArchRule testkitKnowsOnlyCore(String root) {
        return noClasses()
                .that(resideInAPackage(root + ".testkit.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "javax.cache..", root + ".jcache..", root + ".patterns..", root + ".examples.."));
    }

    /** A store never sees what it is the store of. */
    static ArchRule redisKnowsOnlyCore(String root) {
        return noClasses()
                .that(resideInAPackage(root + ".redis.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "javax.cache..",
                        root + ".jcache..",
                        root + ".patterns..",
                        root + ".testkit..",
                        root + ".examples.."));
    }

    static ArchRule nobodyKnowsTheProvider(String root) {
        return noClasses()
                .that(not(resideInAPackage(root + ".jcache.provider..")))
                .should()
                .dependOnClassesThat(resideInAPackage(root + ".jcache.provider.."));
    }

    static ArchRule onlyTheProviderKnowsTheFacade(String root) {
        return noClasses()
                .that(not(resideInAnyPackage(root + ".jcache.provider..", internal(root, "facade"))))
                .should()
                .dependOnClassesThat(resideInAPackage(internal(root, "facade")));
    }

    static ArchRule helpersDoNotKnowTheEngine(String root) {
        return noClasses()
                .that(resideInAnyPackage(
                        internal(root, "concurrent"),
                        internal(root, "expiry"),
                        internal(root, "event"),
                        internal(root, "guard"),
                        internal(root, "load"),
                        internal(root, "write"),
                        internal(root, "stats"),
                        internal(root, "management")))
                .should()
                .dependOnClassesThat(resideInAPackage(internal(root, "engine")));
    }

    static ArchRule configKnowsNoOtherInternals(String root) {
        return noClasses()
                .that(resideInAPackage(internal(root, "config")))
                .should()
                .dependOnClassesThat(resideInAPackage(root + ".jcache.internal..")
                        .and(not(resideInAPackage(internal(root, "config")))));
    }

    static ArchRule onlyTheFacadeKnowsTheConfig(String root) {
        return noClasses()
                .that(not(resideInAnyPackage(internal(root, "facade"), internal(root, "config"))))
                .should()
                .dependOnClassesThat(resideInAPackage(internal(root, "config")));
    }

    static ArchRule publicApiKnowsNoInternals(String root) {
        return noClasses()
                .that(resideInAPackage(root + ".jcache"))
                .should()
                .dependOnClassesThat(resideInAPackage(root + ".jcache.internal.."));
    }

    static ArchRule internalsAreNobodyElsesBusiness(String root) {
        return classes().that(resideInAPackage(root + "..")).should(leaveTheInternalsOfOthersAlone());
    }

    static ArchRule packagesHaveNoCircles(String root) {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    /** Examples measure how long something takes, for which the clock of a cache is no use. */
    static ArchRule timeComesThroughTheClock(String root) {
        return noClasses()
                .that(resideInAPackage(root + ".."))
                .and(not(resideInAnyPackage(root + ".time..", root + ".examples..")))
                .should()
                .accessTargetWhere(isOneOf(CLOCKS));
    }

    static ArchRule onlyExamplesPrint(String root) {
        return noClasses()
                .that(resideInAPackage(root + ".."))
                .and(not(resideInAPackage(root + ".examples..")))
                .should()
                .accessTargetWhere(isOneOf(CONSOLE));
    }

    /** A package that is not marked is a package in which NullAway looks at nothing. */
    static ArchRule packagesAreNullMarked(String root) {
        return classes().that(resideInAPackage(root + "..")).should(resideInANullMarkedPackage());
    }

    private static String[] core(String root) {
        return new String[] {root + ".store..", root + ".codec..", root + ".copy..", root + ".time.."};
    }

    private static String internal(String root, String name) {
        return root + ".jcache" + INTERNAL + "." + name + "..";
    }

    private static DescribedPredicate<JavaAccess<?>> isOneOf(Set<String> members) {
        return DescribedPredicate.describe(
                "target is one of " + members,
                access -> members.contains(access.getTargetOwner().getFullName() + "."
                        + access.getTarget().getName()));
    }

    private static ArchCondition<JavaClass> leaveTheInternalsOfOthersAlone() {
        return new ArchCondition<>("leave the internals of others alone") {
            @Override
            public void check(JavaClass javaClass, ConditionEvents events) {
                for (Dependency dependency : javaClass.getDirectDependenciesFromSelf()) {
                    String target = dependency.getTargetClass().getPackageName();
                    int end = (target + ".").indexOf(INTERNAL + ".");
                    if (end >= 0 && !isInside(javaClass.getPackageName(), target.substring(0, end))) {
                        events.add(SimpleConditionEvent.violated(javaClass, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean isInside(String name, String owner) {
        return (name + ".").startsWith(owner + ".");
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package that is @NullMarked") {
            @Override
            public void check(JavaClass javaClass, ConditionEvents events) {
                if (!javaClass.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(
                            javaClass, javaClass.getName() + " is in a package without @NullMarked"));
                }
            }
        };
    }
}
