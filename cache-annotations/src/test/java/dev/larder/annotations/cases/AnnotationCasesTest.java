package dev.larder.annotations.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.annotations.cases.Inherited.Codes;
import dev.larder.annotations.cases.Inherited.CodesBean;
import dev.larder.annotations.cases.Inherited.Defaults;
import dev.larder.annotations.cases.Inherited.DefaultsBean;
import dev.larder.annotations.cases.Inherited.Greeting;
import dev.larder.annotations.cases.Inherited.GreetingBean;
import dev.larder.annotations.cases.Inherited.Nameless;
import dev.larder.annotations.cases.Inherited.NamelessBean;
import dev.larder.annotations.cases.Inherited.Numbers;
import dev.larder.annotations.cases.Inherited.NumbersBean;
import dev.larder.annotations.cases.Inherited.Repository;
import dev.larder.annotations.cases.Inherited.Stock;
import dev.larder.annotations.cases.Inherited.StockBean;
import dev.larder.annotations.cases.Inherited.Templated;
import dev.larder.annotations.cases.Inherited.TemplatedBean;
import dev.larder.annotations.cases.Inherited.Users;
import dev.larder.annotations.cases.Inherited.Words;
import dev.larder.annotations.cases.Inherited.WordsBean;
import dev.larder.annotations.container.Container;
import dev.larder.annotations.key.ParametersKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.CompleteConfiguration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The table of cases, the same for each container. {@code larder.container} names it; it is the plain proxy unless told otherwise. */
class AnnotationCasesTest {

    private final CacheManager manager = Caching.getCachingProvider().getCacheManager();
    private Container container;
    private Prices prices;

    @BeforeEach
    void startContainer() {
        container = Container.start(
                builder -> {},
                PricesBean.class,
                Users.class,
                CodesBean.class,
                DefaultsBean.class,
                TemplatedBean.class,
                NamelessBean.class,
                WordsBean.class,
                StockBean.class,
                GreetingBean.class,
                NumbersBean.class);
        prices = container.get(Prices.class, PricesBean.class);
    }

    @AfterEach
    void stopContainer() {
        container.close();
        manager.getCacheNames().forEach(manager::destroyCache);
    }

    private Cache<Object, Object> cache(String name) {
        return manager.getCache(name);
    }

    private Object inPrices(String item) {
        return cache("prices").get(ParametersKey.of(item));
    }

    private static void fails(ThrowingCallable call) {
        assertThatThrownBy(call).hasMessage("no");
    }

    // CacheResult

    @Test
    void resultIsCached() {
        assertThat(prices.find("tea")).isEqualTo("tea 1");
        assertThat(prices.find("tea")).isEqualTo("tea 1");
        assertThat(prices.find("rum")).isEqualTo("rum 2");
        assertThat(inPrices("tea")).isEqualTo("tea 1");
    }

    @Test
    void keyIsOfTheMarkedParameters() {
        assertThat(prices.findIn("a", "x", "tea")).isEqualTo("atea 1");
        assertThat(prices.findIn("a", "y", "tea")).isEqualTo("atea 1");
        assertThat(prices.findIn("b", "x", "tea")).isEqualTo("btea 2");
        assertThat(cache("shops").get(ParametersKey.of("a", "tea"))).isEqualTo("atea 1");
    }

    @Test
    void primitivesAreCached() {
        assertThat(prices.count(7)).isEqualTo(1);
        assertThat(prices.count(7)).isEqualTo(1);
        assertThat(prices.count(8)).isEqualTo(2);
    }

    @Test
    void arraysAreKeysByTheirElements() {
        assertThat(prices.findOf("a", "b")).isEqualTo("[a, b] 1");
        assertThat(prices.findOf("a", "b")).isEqualTo("[a, b] 1");
        assertThat(prices.findOf("b")).isEqualTo("[b] 2");
    }

    @Test
    void nullIsNotCached() {
        assertThat(prices.findNothing("tea")).isNull();
        assertThat(prices.findNothing("tea")).isEqualTo("tea 3");
        assertThat(prices.findNothing("tea")).isEqualTo("tea 3");
    }

    @Test
    void skipGetCallsAndStores() {
        assertThat(prices.find("tea")).isEqualTo("tea 1");
        assertThat(prices.refresh("tea")).isEqualTo("tea 2");
        assertThat(prices.find("tea")).isEqualTo("tea 2");
    }

    @Test
    void skipGetThatFindsNothingRemoves() {
        prices.find("tea");

        assertThat(prices.refreshToNothing("tea")).isNull();

        assertThat(inPrices("tea")).isNull();
    }

    @Test
    void optionalIsCachedByItsContent() {
        assertThat(prices.findOptional("tea", false)).isEmpty();
        assertThat(prices.findOptional("tea", true)).contains("tea 2");
        assertThat(prices.findOptional("tea", false)).contains("tea 2");
        assertThat(cache("optionals").get(ParametersKey.of("tea"))).isEqualTo("tea 2");
    }

    @Test
    void outcomeOfStageIsCached() {
        assertThat(prices.findLater("tea", null).toCompletableFuture().join()).isEqualTo("tea 1");
        assertThat(inPrices("tea")).isEqualTo("tea 1");
        assertThat(prices.findLater("tea", null).toCompletableFuture().join()).isEqualTo("tea 1");
        assertThat(prices.find("tea")).isEqualTo("tea 1");
    }

    @Test
    void failureOfStageIsNotCached() {
        Exception failure = new IllegalStateException("no tea");

        assertThatThrownBy(() ->
                        prices.findLater("tea", failure).toCompletableFuture().join())
                .hasCause(failure);

        assertThat(prices.findLater("tea", null).toCompletableFuture().join()).isEqualTo("tea 2");
    }

    @Test
    void stageOfOptionalIsCachedByItsContent() {
        assertThat(prices.findOptionalLater("tea").join()).contains("tea 1");
        assertThat(prices.findOptionalLater("tea").join()).contains("tea 1");
        assertThat(inPrices("tea")).isEqualTo("tea 1");
    }

    @Test
    void keyGeneratorIsAsked() {
        assertThat(prices.generated("tea")).isEqualTo("tea 1");
        assertThat(prices.generated("tomato")).isEqualTo("tea 1");
        assertThat(prices.generated("rum")).isEqualTo("rum 2");
    }

    @Test
    void resolverFactoryIsAsked() throws Exception {
        assertThat(prices.resolved("tea", null)).isEqualTo("tea 1");
        assertThat(prices.resolved("tea", null)).isEqualTo("tea 1");
        assertThat(cache("resolved asked").get(ParametersKey.of("tea"))).isEqualTo("tea 1");
    }

    @Test
    void resolverFactoryIsAskedForTheCacheOfExceptions() {
        Exception failure = new IllegalStateException("no tea");

        assertThatThrownBy(() -> prices.resolved("tea", failure)).isEqualTo(failure);

        assertThat(cache("resolved askedFailures").get(ParametersKey.of("tea")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Timeout(60)
    void callIsSharedByThoseWhoMissAtOnce() throws Exception {
        FutureTask<String> other = new FutureTask<>(() -> prices.find("tea"));
        Thread thread = new Thread(other);

        String first = prices.findDuring("tea", () -> {
            thread.start();
            awaitWaitOrEndOf(thread);
        });

        assertThat(other.get()).isEqualTo(first);
    }

    private static void awaitWaitOrEndOf(Thread thread) {
        while (!Set.of(Thread.State.WAITING, Thread.State.TERMINATED).contains(thread.getState())) {
            Thread.onSpinWait();
        }
    }

    private static void awaitEndOf(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Timeout(60)
    void resultThatARemovalOvertakesIsNotCached() throws Exception {
        FutureTask<Boolean> removal = new FutureTask<>(() -> {
            prices.remove("tea", null);
            return true;
        });

        prices.findDuring("tea", () -> {
            Thread thread = new Thread(removal);
            thread.start();
            awaitEndOf(thread);
        });

        assertThat(removal.get()).isTrue();
        assertThat(inPrices("tea")).isNull();
    }

    @Test
    void methodAnswersThoughItsCacheFails() {
        assertThat(prices.findWithout("tea")).isEqualTo("tea 1");
        assertThat(prices.findWithout("tea")).isEqualTo("tea 2");
    }

    // exceptions of CacheResult

    private static String message(Throwable failure) {
        return failure == null ? "none" : failure.getMessage();
    }

    @Test
    void everyExceptionIsCachedIfNoneIsNamed() {
        assertThatThrownBy(() -> prices.failing("tea", new Exception("no tea"))).hasMessage("no tea");
        assertThatThrownBy(() -> prices.failing("tea", null)).hasMessage("no tea");
        assertThat(cache("failures").get(ParametersKey.of("tea"))).isInstanceOf(Exception.class);
    }

    @Test
    void exceptionThatIsExcludedIsNotCached() throws Exception {
        assertThatThrownBy(() -> prices.failingButIllegal("tea", new IllegalStateException("no tea")))
                .hasMessage("no tea");
        assertThat(prices.failingButIllegal("tea", null)).isEqualTo("tea 1");
        assertThatThrownBy(() -> prices.failingButIllegal("rum", new Exception("no rum")));
        assertThatThrownBy(() -> prices.failingButIllegal("rum", null)).hasMessage("no rum");
    }

    @Test
    void exceptionThatIsNotIncludedIsNotCached() throws Exception {
        assertThatThrownBy(() -> prices.failingOnlyIllegal("tea", new Exception("no tea")))
                .hasMessage("no tea");
        assertThat(prices.failingOnlyIllegal("tea", null)).isEqualTo("tea 1");
        assertThatThrownBy(() -> prices.failingOnlyIllegal("rum", new IllegalStateException("no rum")));
        assertThatThrownBy(() -> prices.failingOnlyIllegal("rum", null)).hasMessage("no rum");
    }

    @Test
    void exceptionMustBeIncludedAndNotExcluded() {
        List<Exception> failures = List.of(
                new Exception("neither"), new IllegalArgumentException("included"), new NumberFormatException("both"));

        for (Exception failure : failures) {
            assertThatThrownBy(() -> prices.failingOnlyArguments(message(failure), failure))
                    .isEqualTo(failure);
        }

        assertThat(failures.stream()
                        .map(AnnotationCasesTest::message)
                        .filter(name -> cache("failures").containsKey(ParametersKey.of(name))))
                .containsExactly("included");
    }

    @Test
    void exceptionOfStageIsCachedByTheSameRules() {
        Exception failure = new IllegalStateException("no tea");

        assertThat(prices.failingLater("tea", failure)).isNotNull();

        assertThatThrownBy(() ->
                        prices.failingLater("tea", null).toCompletableFuture().join())
                .hasRootCauseMessage("no tea");
    }

    // CachePut

    @Test
    void putStoresTheArgument() throws Exception {
        prices.put("tea", "5", null);

        assertThat(prices.find("tea")).isEqualTo("5");
    }

    @Test
    void putOfNullRemoves() throws Exception {
        prices.find("tea");

        prices.put("tea", null, null);

        assertThat(inPrices("tea")).isNull();
    }

    @Test
    void putOfOptionalStoresItsContent() {
        prices.putOptional("tea", Optional.of("5"));
        assertThat(inPrices("tea")).isEqualTo("5");

        prices.putOptional("tea", Optional.empty());
        assertThat(inPrices("tea")).isNull();
    }

    @Test
    void noExceptionPutsIfNoneIsNamed() {
        prices.find("tea");

        assertThatThrownBy(() -> prices.put("tea", "5", new Exception("no"))).hasMessage("no");

        assertThat(inPrices("tea")).isEqualTo("tea 1");
    }

    @Test
    void includedExceptionPuts() {
        fails(() -> prices.putFor("tea", "5", new Exception("no")));
        fails(() -> prices.putFor("rum", "5", new IllegalStateException("no")));

        assertThat(inPrices("tea")).isNull();
        assertThat(inPrices("rum")).isEqualTo("5");
    }

    @Test
    void exceptionThatIsNotExcludedPuts() {
        fails(() -> prices.putNotFor("tea", "5", new Exception("no")));
        fails(() -> prices.putNotFor("rum", "5", new IllegalStateException("no")));

        assertThat(inPrices("tea")).isEqualTo("5");
        assertThat(inPrices("rum")).isNull();
    }

    @Test
    void exceptionThatIsIncludedAndNotExcludedPuts() {
        fails(() -> prices.putForBut("tea", "5", new IllegalArgumentException("no")));
        fails(() -> prices.putForBut("rum", "5", new NumberFormatException("no")));
        fails(() -> prices.putForBut("ale", "5", new Exception("no")));

        assertThat(inPrices("tea")).isEqualTo("5");
        assertThat(inPrices("rum")).isNull();
        assertThat(inPrices("ale")).isNull();
    }

    @Test
    void putBeforeStaysWhateverComes() {
        fails(() -> prices.putBefore("tea", "5", new Exception("no")));

        assertThat(inPrices("tea")).isEqualTo("5");
    }

    @Test
    void putBeforeIsThereWhileTheMethodRunsAndAfterIt() {
        List<Object> seen = new ArrayList<>();

        prices.putBeforeAnd("tea", "5", () -> seen.add(inPrices("tea")));

        assertThat(seen).containsExactly("5");
        assertThat(inPrices("tea")).isEqualTo("5");
    }

    @Test
    void putComesWhenTheStageEnds() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        prices.find("tea");

        prices.putLater("tea", "5", end);

        assertThat(inPrices("tea")).isEqualTo("tea 1");
        end.complete(null);
        assertThat(inPrices("tea")).isEqualTo("5");
    }

    // CacheRemove

    @Test
    void removeRemovesOneEntry() throws Exception {
        prices.find("tea");
        prices.find("rum");

        prices.remove("tea", null);

        assertThat(inPrices("tea")).isNull();
        assertThat(inPrices("rum")).isEqualTo("rum 2");
    }

    @Test
    void noExceptionRemovesIfNoneIsNamed() {
        prices.find("tea");

        assertThatThrownBy(() -> prices.remove("tea", new Exception("no"))).hasMessage("no");

        assertThat(inPrices("tea")).isEqualTo("tea 1");
    }

    @Test
    void includedExceptionRemoves() {
        prices.find("tea");
        prices.find("rum");

        fails(() -> prices.removeFor("tea", new Exception("no")));
        fails(() -> prices.removeFor("rum", new IllegalStateException("no")));

        assertThat(inPrices("tea")).isEqualTo("tea 1");
        assertThat(inPrices("rum")).isNull();
    }

    @Test
    void exceptionThatIsNotExcludedRemoves() {
        prices.find("tea");
        prices.find("rum");

        fails(() -> prices.removeNotFor("tea", new Exception("no")));
        fails(() -> prices.removeNotFor("rum", new IllegalStateException("no")));

        assertThat(inPrices("tea")).isNull();
        assertThat(inPrices("rum")).isEqualTo("rum 2");
    }

    @Test
    void removeBeforeRemovesWhateverComes() {
        prices.find("tea");

        fails(() -> prices.removeBefore("tea", new Exception("no")));

        assertThat(inPrices("tea")).isNull();
    }

    @Test
    void removeComesWhenTheStageEnds() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        prices.find("tea");

        prices.removeLater("tea", end);

        assertThat(inPrices("tea")).isEqualTo("tea 1");
        end.complete(null);
        assertThat(inPrices("tea")).isNull();
    }

    @Test
    void removeDoesNotComeWhenTheStageFails() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        prices.find("tea");

        prices.removeLater("tea", end);
        end.completeExceptionally(new IllegalStateException("no"));

        assertThat(inPrices("tea")).isEqualTo("tea 1");
    }

    // CacheRemoveAll

    @Test
    void removeAllRemovesAllEntries() throws Exception {
        prices.find("tea");
        prices.find("rum");

        prices.removeAll(null);

        assertThat(cache("prices")).isEmpty();
    }

    @Test
    void noExceptionRemovesAllIfNoneIsNamed() {
        prices.find("tea");

        assertThatThrownBy(() -> prices.removeAll(new Exception("no"))).hasMessage("no");

        assertThat(cache("prices")).hasSize(1);
    }

    @Test
    void includedExceptionRemovesAll() {
        prices.find("tea");

        fails(() -> prices.removeAllFor(new Exception("no")));
        assertThat(cache("prices")).hasSize(1);

        fails(() -> prices.removeAllFor(new IllegalStateException("no")));
        assertThat(cache("prices")).isEmpty();
    }

    @Test
    void exceptionThatIsNotExcludedRemovesAll() {
        prices.find("tea");

        fails(() -> prices.removeAllNotFor(new IllegalStateException("no")));
        assertThat(cache("prices")).hasSize(1);

        fails(() -> prices.removeAllNotFor(new Exception("no")));
        assertThat(cache("prices")).isEmpty();
    }

    @Test
    void removeAllBeforeRemovesWhateverComes() {
        prices.find("tea");

        fails(() -> prices.removeAllBefore(new Exception("no")));

        assertThat(cache("prices")).isEmpty();
    }

    // where annotations stand

    @Test
    void annotationAtAnInterfaceIsForWhatImplementsIt() {
        @SuppressWarnings("unchecked")
        Repository<Long, String> users = container.get(Repository.class, Users.class);

        String found = users.find(1L);

        assertThat(users.find(1L)).isEqualTo(found);
        assertThat(cache("repository").get(ParametersKey.of(1L))).isEqualTo(found);
        assertThat(users.findPlain(1L)).isNotEqualTo(users.findPlain(1L));
        users.forget();
        assertThat(cache("repository")).isEmpty();
    }

    @Test
    void annotationAtASuperclassIsForWhatOverridesIt() {
        Codes codes = container.get(Codes.class, CodesBean.class);

        String code = codes.code("a");

        assertThat(code).startsWith("sub a");
        assertThat(codes.code("a")).isEqualTo(code);
        assertThat(cache("codes").get(ParametersKey.of("a"))).isEqualTo(code);
    }

    @Test
    void annotationAtAClassIsForItsMethodsWithAResult() {
        Words words = container.get(Words.class, WordsBean.class);

        assertThat(words.word("a")).isEqualTo(words.word("a"));
        words.say("a");
    }

    @Test
    void annotationAtADefaultMethodIsForWhoeverInheritsIt() {
        Greeting greeting = container.get(Greeting.class, GreetingBean.class);

        assertThat(greeting.greet("a").equals(greeting.greet("a"))).isEqualTo(showsDefaultMethods());
    }

    /** All but OpenWebBeans, which is said in the table. */
    private static boolean showsDefaultMethods() {
        return AnnotationCasesTest.class
                        .getClassLoader()
                        .getResource("org/apache/webbeans/container/BeanManagerImpl.class")
                == null;
    }

    @Test
    void annotationAtAClassIsNotForWhatObjectHas() {
        Words words = container.get(Words.class, WordsBean.class);
        words.word("a");

        assertThat(words.toString()).isNotEqualTo(words.toString());
        assertThat(words.hashCode()).isEqualTo(words.hashCode());
        assertThat(words.equals(prices)).isFalse();

        assertThat(cache("words")).hasSize(1);
    }

    @Test
    void putAtAClassIsForItsMethodsWithAValue() {
        Stock stock = container.get(Stock.class, StockBean.class);

        stock.put("tea", 5);

        assertThat(cache("stock").get(ParametersKey.of("tea"))).isEqualTo(5);
    }

    @Test
    void putAtAClassIsNotForMethodsWithoutAValue() {
        Stock stock = container.get(Stock.class, StockBean.class);

        assertThat(stock.describe("tea")).isNotEqualTo(stock.describe("tea"));
    }

    @Test
    void annotationAtAnInterfaceItselfIsForItsMethods() {
        Numbers numbers = container.get(Numbers.class, NumbersBean.class);

        assertThat(numbers.number("a")).isEqualTo(numbers.number("a"));
        assertThat(cache("numbers")).hasSize(1);
    }

    @Test
    void defaultsOfTheClassNameGeneratorAndResolver() {
        Defaults defaults = container.get(Defaults.class, DefaultsBean.class);

        String found = defaults.find("tea");

        assertThat(defaults.find("tomato")).isEqualTo(found);
        assertThat(cache("resolved defaults").get(ParametersKey.of("t"))).isEqualTo(found);
        defaults.put("tin", "5");
        assertThat(defaults.find("tea")).isEqualTo("5");
    }

    @Test
    void generatorOfTheMethodComesBeforeThatOfTheDefaults() {
        Defaults defaults = container.get(Defaults.class, DefaultsBean.class);

        String found = defaults.findByItself("tea");

        assertThat(defaults.findByItself("cola")).isEqualTo(found);
        assertThat(cache("resolved own").get(ParametersKey.of("a"))).isEqualTo(found);
    }

    /** The template is in the file of Larder, which other providers do not read. */
    @Test
    @SuppressWarnings("unchecked") // the class says nothing of keys and values
    void cacheIsMadeOnFirstUseFromTheTemplateThatFits() {
        Templated templated = container.get(Templated.class, TemplatedBean.class);
        boolean isLarder = manager.getClass().getName().startsWith("dev.larder.");

        assertThat(templated.find("a")).isEqualTo(templated.find("a"));

        CompleteConfiguration<?, ?> made = cache("templated-names").getConfiguration(CompleteConfiguration.class);
        assertThat(made.isStatisticsEnabled()).isEqualTo(isLarder);
    }

    @Test
    void cacheIsNamedForTheMethodIfNothingElseNamesIt() {
        Nameless nameless = container.get(Nameless.class, NamelessBean.class);

        nameless.find("a", 1, List.of());

        assertThat(cache(NamelessBean.class.getName() + ".find(java.lang.String,int,java.util.List)"))
                .hasSize(1);
    }
}
