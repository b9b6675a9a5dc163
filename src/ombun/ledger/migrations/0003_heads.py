from pathlib import Path

from django.db import migrations, models

from ombun.primitives.fields import SatangField

SQL = (Path(__file__).parents[1] / "sql" / "heads.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_guards")]
    operations = [
        migrations.AddField("entry", "line_count", models.PositiveSmallIntegerField(default=0), preserve_default=False),
        migrations.AddField("entry", "total_satang", SatangField(default=0), preserve_default=False),
        migrations.RunSQL([(SQL, None)], migrations.RunSQL.noop),
    ]
