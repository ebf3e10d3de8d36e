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
 * <p>A notification is {@code =} and the columns of the key as text, with the unit separator (31) between them; or {@code *} for any row, after a {@code truncate}, and for keys longer than a
 * notification may be. Commits of transactions that notify are made one after the other by PostgreSQL.
 */
public final class PostgresTrigger {

    static final String ANY = "*";
    static final String KEY = "=";
    static final char SEPARATOR = 31;

    /** A notification has less than 8,000 bytes. */
    private static final int LONGEST_KEY = 7_000;

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
                    perform pg_notify('%2$s', case when octet_length(key) > %6$d then '%5$s' else '%7$s' || key end);
                  end if;
                  if tg_op <> 'DELETE' then
                    key := %4$s;
                    perform pg_notify('%2$s', case when octet_length(key) > %6$d then '%5$s' else '%7$s' || key end);
                  end if;
                  return null;
                end $larder$;
                """.formatted(function(), channel, keyOf("old"), keyOf("new"), ANY, LONGEST_KEY, KEY)
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

    private String keyOf(String row) {
        return key.stream()
                .map(column -> row + "." + column + "::text")
                .collect(Collectors.joining(", ", "concat_ws(chr(" + (int) SEPARATOR + "), ", ")"));
    }

    /** The name of the function, and of the triggers: one for each table and channel. */
    private String function() {
        String plainTable = table.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        return "larder_" + plainTable + "_to_" + channel;
    }
}
