from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parents[1] / "sql" / "seals.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_guards")]
    operations = [migrations.RunSQL([(SQL, None)], migrations.RunSQL.noop)]
