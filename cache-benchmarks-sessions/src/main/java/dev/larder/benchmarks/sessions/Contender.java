package dev.larder.benchmarks.sessions;

/** Who keeps the sessions. */
enum Contender {
    LARDER("Larder", true, "default"),
    SPRING("Spring Session Data Redis", false, "default"),
    SPRING_INDEXED("the same, indexed", false, "indexed");

    private final String title;
    private final boolean isLarder;
    private final String springRepository;

    Contender(String title, boolean isLarder, String springRepository) {
        this.title = title;
        this.isLarder = isLarder;
        this.springRepository = springRepository;
    }

    String title() {
        return title;
    }

    /** Returns what the application is told by its command line. */
    String[] arguments() {
        return new String[] {
            "--larder.session.enabled=" + isLarder, "--spring.session.data.redis.repository-type=" + springRepository
        };
    }
}
