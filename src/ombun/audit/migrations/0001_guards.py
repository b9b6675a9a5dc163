from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parents[1] / "sql" / "guards.sql").read_text()
UNDO = "DROP FUNCTION refuse_change(); DROP FUNCTION thai_key(text); DROP FUNCTION thai_sound(text);"


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunSQL([(SQL, None)], [(UNDO, None)])]
