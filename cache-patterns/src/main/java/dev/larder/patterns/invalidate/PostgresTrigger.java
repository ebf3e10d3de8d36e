package dev.larder.patterns.invalidate;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The trigger by which a table of PostgreSQL tells on a channel which of its rows were changed, by whatever program; {@link PostgresListener} hears it. PostgreSQL tells it when the
 * transaction has been committed, and only then.
 *
 * <pre>{@code
 * statement.execute(PostgresTrigger.on("airport", "airport_changed", "icao").create());
 * }</pre>
 *
 * <p>A notification is {@code =} and the columns of the key as text, with the unit separator (31) between them; or {@code *} for any row, after a {@code truncate}, and for keys that cannot be told so: longer than a
 * notification may be, with a null, or with that separator in their text. Commits of transactions that notify are made one after the other by PostgreSQL.
 */
public final class PostgresTrigger {

    static final String ANY = "*";
    static final String KEY = "=";
    static final char SEPARATOR = 31;

    private static final String SEPARATOR_IN_SQL = "chr(" + (int) SEPARATOR + ")";

    /** A notification has less than 8,000 bytes. */
    private static final int LONGEST_KEY = 7_000;

    /** PostgreSQL cuts off names at 63 bytes, and so would make the same of two; there is one that ends with "_all". */
    private static final int LONGEST_NAME = 63 - "_all".length();

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");
    private static final Pattern CHANNEL = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private final String table;
    private final String channel;
    private final List<String> key;

    private PostgresTrigger(String table, String channel, List<String> key) {
        this.table = table;
        this.channel = channel;
        this.key = key;
    }

    /**
     * Returns the trigger of a table.
     *
     * @param table its name, with that of its schema if needed, as it stands in SQL
     * @param channel the name of the channel: small letters, digits and underscores
     * @param key the columns of its key, as they stand in SQL
     */
    public static PostgresTrigger on(String table, String channel, String... key) {
        if (key.length == 0) {
            throw new IllegalArgumentException("a key has at least one column");
        }
        return new PostgresTrigger(Objects.requireNonNull(table, "table"), requireChannel(channel), List.of(key));
    }

    static String requireChannel(String channel) {
        if (!CHANNEL.matcher(channel).matches()) {
            throw new IllegalArgumentException(
                    "the name of a channel is made of small letters, digits and underscores: " + channel);
        }
        return channel;
    }

    /** Returns the statements that make the function and the triggers, or replace them. */
    public String create() {
        return """
                create or replace function %1$s() returns trigger language plpgsql as $larder$
                declare
                  key text;
                begin
                  if tg_op = 'TRUNCATE' then
                    perform pg_notify('%2$s', '%5$s');
                    return null;
                  end if;
                  if tg_op <> 'INSERT' then
                    key := %3$s;
                    perform pg_notify('%2$s', case when %7$s then '%6$s' || key else '%5$s' end);
                  end if;
                  if tg_op <> 'DELETE' then
                    key := %4$s;
                    perform pg_notify('%2$s', case when %7$s then '%6$s' || key else '%5$s' end);
                  end if;
                  return null;
                end $larder$;
                """.formatted(function(), channel, keyOf("old"), keyOf("new"), ANY, KEY, canBeTold())
                + drop(false)
                + """
                create trigger %1$s after insert or update or delete on %2$s for each row execute function %1$s();
                create trigger %1$s_all after truncate on %2$s for each statement execute function %1$s();
                """.formatted(function(), table);
    }

    /** Returns the statements that drop the triggers and the function. */
    public String drop() {
        return drop(true);
    }

    private String drop(boolean functionToo) {
        String triggers = """
                drop trigger if exists %1$s on %2$s;
                drop trigger if exists %1$s_all on %2$s;
                """.formatted(function(), table);
        return functionToo ? triggers + "drop function if exists " + function() + "();\n" : triggers;
    }

    /** Null if one of the columns is. */
    private String keyOf(String row) {
        return key.stream()
                .map(column -> row + "." + column + "::text")
                .collect(Collectors.joining(" || " + SEPARATOR_IN_SQL + " || "));
    }

    /** Whether a key is there, short enough, and has no separators but those between its columns. */
    private String canBeTold() {
        return "octet_length(key) <= " + LONGEST_KEY + " and length(key) - length(replace(key, " + SEPARATOR_IN_SQL
                + ", '')) = " + (key.size() - 1);
    }

    /** The name of the function, and of the triggers: one for each table and channel. */
    private String function() {
        String sameInSql = table.indexOf('"') < 0 ? table.toLowerCase(Locale.ROOT) : table;
        String name = "larder_" + sameInSql.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "_") + "_to_" + channel;
        boolean tellsAll = PLAIN.matcher(sameInSql).matches() && name.length() <= LONGEST_NAME;
        return tellsAll ? name : shortened(name) + String.format("_%08x", (sameInSql + " to " + channel).hashCode());
    }

    private static String shortened(String name) {
        return name.substring(0, Math.min(name.length(), LONGEST_NAME - "_01234567".length()));
    }
}
