package dev.larder.benchmarks.run;

/** What the libraries of a row are compared with. */
public enum Baseline {
    RAW_CAFFEINE("Caffeine, synchronous"),
    CAFFEINE_JCACHE("caffeine-jcache"),
    LARDER_GET("cache.get"),
    SPRING("Spring's own interceptor"),
    BEST_PEER("the best peer"),
    LETTUCE("bare commands by lettuce"),
    /** The figures speak for themselves. */
    NONE("nothing");

    private final String title;

    Baseline(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
