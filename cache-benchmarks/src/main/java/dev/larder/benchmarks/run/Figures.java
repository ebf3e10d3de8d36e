package dev.larder.benchmarks.run;

import java.util.Locale;

/** Writes figures with as many digits as they deserve. */
public final class Figures {

    private Figures() {}

    /** Writes three digits or so; a dash for NaN. */
    public static String of(double figure) {
        if (Double.isNaN(figure)) {
            return "–";
        }
        if (figure == Math.rint(figure) || Math.abs(figure) >= 100) {
            return String.format(Locale.ROOT, "%,.0f", figure);
        }
        return String.format(Locale.ROOT, Math.abs(figure) >= 10 ? "%.1f" : "%.2f", figure);
    }

    /** Writes the middle, and the ends in brackets if there are any. */
    public static String of(Spread spread) {
        String middle = of(spread.median());
        return spread.min() < spread.max() ? middle + " (" + of(spread.min()) + "–" + of(spread.max()) + ")" : middle;
    }
}
